"""What lies behind the scores, by type, outlet and cause: `cargo xtask score` runs this beside the gold's own scorer, with the same matching.

breakdown.py FOLDER_OF_SCORE_PY GOLD.json DOCS.jsonl < LINES, each ["event" or "candidate", record]; one JSON object out. A candidate is what would be an
event if its score were high enough.
"""
import json, sys
from collections import Counter, defaultdict
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import score

gold = score.load(sys.argv[2])
outlet = {d['id']: d.get('outlet') or '–' for d in map(json.loads, filter(str.strip, open(sys.argv[3], encoding='utf-8')))}
raw, candidates = defaultdict(list), defaultdict(list)
for line in filter(str.strip, sys.stdin):
    what, e = json.loads(line)
    if what == 'event':
        raw[e['doc_id']].append(e)
    else:
        candidates[e['doc_id']].append(score.event(e))
types, outlets, causes = defaultdict(Counter), defaultdict(Counter), defaultdict(Counter)
confusion, made_up, missed = Counter(), Counter(), []


def side_cause(g, s, side, other):
    """Why a side is wrong."""
    gs, ss = g[side], s[side]
    countries = lambda xs: sorted({x['country'] for x in xs if x['country']})
    if not ss:
        return f'{side}: missing'
    if countries(gs) != countries(ss) and countries(gs) and countries(gs) == countries(s[other]) and countries(g[other]) == countries(ss):
        return 'actor and recipient: swapped'
    if not gs:
        return f'{side}: given, though the text has none'
    if 0 < score.side_f1(gs, ss) < 1:
        return f'{side}: ' + ('one of several missing' if len(gs) > len(ss) else 'one too many')
    if any(score.words(x['text']) & score.words(y['text']) for x in gs for y in ss):
        if not countries(ss):
            return f'{side}: right party, country missing'
        return f'{side}: right party, ' + ('country wrong' if countries(gs) else 'country given, though the text has none')
    return f'{side}: another party'


def made_up_cause(golds, s):
    """Why an event is not in the gold."""
    if any(score.match([g], [s]) for g in golds):
        return 'made up: repeats an event that was found'
    if not golds:
        return 'made up: in a text without events'
    if any(score.trigger_hit(g, s) for g in golds):
        return 'made up: the word is an act of another type'
    if any(s['types'][0] in g['types'] for g in golds):
        return 'made up: other parties than the events of its type'
    return 'made up: a type that the text has not'


for doc, golds in gold.items():
    gots = [score.event(e) for e in raw.get(doc, [])]
    pairs = score.match(golds, gots)
    counts = score.doc_counts(golds, gots, defaultdict(list), None)
    outlets[outlet.get(doc, '–')].update({'documents': 1, **{f'{k} {n}': v for k in counts for n, v in zip(('tp', 'fp', 'fn'), counts[k])}})
    for _, i, j, a, r, _ in pairs:
        g, s = golds[i], gots[j]
        kind = g['types'][0]
        if not g['optional']:
            types[kind]['found'] += 1
            types[s['types'][0]]['right'] += 1
            wrong = {side_cause(g, s, side, other) for side, other, f1 in (('actor', 'recipient', a), ('recipient', 'actor', r)) if f1 < 1}
            types[kind]['dyad'] += not wrong
            if not wrong:
                ok = score.date_ok(g, s)
                types[kind]['record'] += g['aux'] == s['aux'] and ok is not False
                if ok is False:
                    wrong.add('date: missing' if s['date'] is None else 'date: wrong')
                wrong |= {f'aux: {x} ' + ('missing' if x in g['aux'] else 'too many') for x in g['aux'] ^ s['aux']}
            for cause in wrong:
                causes[cause][kind] += 1
        else:
            types[s['types'][0]]['optional'] += 1
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
        causes[made_up_cause(golds, gots[j])][gots[j]['types'][0]] += 1
    for i, g in enumerate(golds):
        if i in hit_gold or g['optional']:
            continue
        kind, cause = g['types'][0], None
        # The same act under another type: the same trigger word, or the same parties on both sides.
        for j in left:
            s = gots[j]
            a, r = score.sides(g, s)
            if score.trigger_hit(g, s) or a == 1 and r == 1 and g['actor'] and g['recipient']:
                confusion[kind + '\t' + s['types'][0]] += 1
                left.remove(j)
                cause = 'missed: coded as another type'
                break
        if cause is None and any(score.match([g], [s]) for s in gots):
            cause = 'missed: merged with another event, or taken for it'
        if cause is None and any(score.match([g], [c]) for c in candidates[doc]):
            cause = 'missed: read, but not taken for an event'
        if cause:
            causes[cause][kind] += 1
        # Without a cause yet, whether the lexicon knows the word decides.
        missed.append([g['types'], g['trigger'], cause is not None])
print(json.dumps(dict(types=types, outlets=outlets, causes=causes, confusion=confusion, made_up=made_up, missed=missed)))
