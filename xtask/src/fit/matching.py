"""Matching of candidates and of records with the gold, by the gold's own scorer: `cargo xtask fit` runs this.

matching.py FOLDER_OF_SCORE_PY GOLD.json < LINES, each [doc_id, [record, ...]]; for each one JSON object out:
matches: of each record the gold events that it may be, with the weight of the match; counts: [tp, fp, fn] of "detect".
"""
import json, sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import score

gold = score.load(sys.argv[2])
for line in sys.stdin:
    doc, records = json.loads(line)
    golds, gots = gold.get(doc, []), [score.event(r) for r in records]
    # Each pair by itself: the scorer's own conditions and weight, without rivals.
    matches = [[[i, p[0][0]] for i, g in enumerate(golds) if (p := score.match([g], [s]))] for s in gots]
    counts = score.doc_counts(golds, gots, score.defaultdict(list), None)['detect']
    print(json.dumps(dict(matches=matches, counts=counts)))
