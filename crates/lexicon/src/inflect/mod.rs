//! Arabic inflection: from a vowelled lemma and its form to every surface form.
