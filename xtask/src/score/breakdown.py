"""Which events are missed and made up, by type: `cargo xtask score` runs this beside the gold's own scorer, with the same matching.

breakdown.py FOLDER_OF_SCORE_PY GOLD.json < EVENTS.jsonl, one JSON object out.
"""
import json, sys
from collections import Counter, defaultdict
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import score

gold = score.load(sys.argv[2])
raw = defaultdict(list)
for line in sys.stdin:
    if line.strip():
        e = json.loads(line)
        raw[e['doc_id']].append(e)
types = defaultdict(Counter)
confusion, made_up, missed = Counter(), Counter(), []
for doc, golds in gold.items():
    gots = [score.event(e) for e in raw.get(doc, [])]
    pairs = score.match(golds, gots)
    for _, i, j, *_ in pairs:
        if not golds[i]['optional']:
            types[golds[i]['types'][0]]['found'] += 1
            types[gots[j]['types'][0]]['right'] += 1
        else:
            types[gots[j]['types'][0]]['optional'] += 1
    hit_gold, hit_got = {p[1] for p in pairs}, {p[2] for p in pairs}
    for g in golds:
        if not g['optional']:
            types[g['types'][0]]['gold'] += 1
    for s in gots:
        types[s['types'][0]]['coded'] += 1
    left = [j for j in range(len(gots)) if j not in hit_got]
    for j in left:
        why = raw[doc][j].get('why') or ['']
        made_up[gots[j]['types'][0] + '\t' + why[0].rsplit(': ', 1)[-1]] += 1
    for i, g in enumerate(golds):
        if i in hit_gold or g['optional']:
            continue
        missed.append([g['types'], g['trigger']])
        # The same act under another type: the same trigger word, or the same parties on both sides.
        for j in left:
            s = gots[j]
            a, r = score.sides(g, s)
            if score.trigger_hit(g, s) or a == 1 and r == 1 and g['actor'] and g['recipient']:
                confusion[g['types'][0] + '\t' + s['types'][0]] += 1
                left.remove(j)
                break
print(json.dumps(dict(types=types, confusion=confusion, made_up=made_up, missed=missed)))
