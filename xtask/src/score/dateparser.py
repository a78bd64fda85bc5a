"""Time expressions as dateparser finds them, in the form of `khaldun mentions`: dateparser.py DOCS.jsonl, one JSON object a line out.

Searched in Arabic, counting from the day of publication. A day found is an interval of one day, a month or a year named without a day its whole interval.
"""
import calendar, datetime as dt, json, sys
import dateparser.search
from dateparser.date import DateDataParser

for line in filter(str.strip, open(sys.argv[1], encoding='utf-8')):
    d = json.loads(line)
    text = '\n'.join(filter(None, [d.get('title'), d.get('text')]))
    settings = {'RETURN_TIME_AS_PERIOD': False}
    if d.get('published'):
        settings['RELATIVE_BASE'] = dt.datetime.fromisoformat(d['published'][:10])
    parser = DateDataParser(languages=['ar'], settings=settings)
    times = []
    for words, when in dateparser.search.search_dates(text, languages=['ar'], settings=settings) or []:
        period = parser.get_date_data(words).period
        first = last = when.date()
        if period == 'month':
            first, last = first.replace(day=1), first.replace(day=calendar.monthrange(first.year, first.month)[1])
        elif period == 'year':
            first, last = first.replace(month=1, day=1), first.replace(month=12, day=31)
        times.append({'text': words, 'type': 'DATE', 'from': str(first), 'to': str(last)})
    print(json.dumps({'doc_id': d['id'], 'times': times}))
