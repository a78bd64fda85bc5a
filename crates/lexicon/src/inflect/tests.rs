use super::*;

#[test]
fn dump() {
    let Ok(list) = std::env::var("DUMP") else { return };
    for item in list.split(';') {
        let mut p = item.split(' ');
        let lemma = p.next().unwrap();
        let form: Form = p.next().unwrap().parse().unwrap();
        let v = p.next().and_then(|v| v.parse().ok());
        println!("== {item}");
        for x in verb(lemma, form, v).unwrap().into_iter().chain(participles(lemma, form, v).unwrap()) {
            println!("{} {:?}", x.surface, x.features);
        }
    }
}
