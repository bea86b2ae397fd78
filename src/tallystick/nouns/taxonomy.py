"""Taxonomy: what the money buys, as readable rules over codes, recipients and contract numbers."""

from __future__ import annotations

from datetime import date

from tallystick.nouns.written import Words, Written

CONDITIONS = ("psc", "psc_name", "naics", "recipient", "piid", "agency")


class Rule(Written, frozen=True, kw_only=True):
    """One rule: an action that meets every condition given is of `category`. The first rule that fits decides.

    A condition lists values of which any will do; `10*` stands for every code that begins so. A pattern may
    end in `*` and stand nowhere else, so that no rule can look for a piece of a word. `recipient` lists
    canonical ids, `psc_name` descriptions of the code list, for codes that were printed as names only.
    `dated` is the day the rule was last thought over.
    """

    name: Words
    category: Words
    because: Words
    dated: date
    psc: list[str] = []
    psc_name: list[str] = []
    naics: list[str] = []
    recipient: list[str] = []
    piid: list[str] = []
    agency: list[str] = []

    def conditions(self) -> dict[str, list[str]]:
        """The conditions that the rule makes, by what they are about."""
        given = {about: getattr(self, about) for about in CONDITIONS}
        return {about: values for about, values in given.items() if values}


class Taxonomy(Written, frozen=True, kw_only=True):
    """Ordered rules under a version; `categories` says in words what each category is."""

    version: Words
    categories: dict[str, Words]
    rules: list[Rule]

    def faults(self) -> list[str]:
        """What is wrong with the rules, each as a sentence."""
        found: list[str] = []
        names = [rule.name for rule in self.rules]
        found += [f"two rules are called '{name}'" for name in sorted({n for n in names if names.count(n) > 1})]
        for rule in self.rules:
            given = rule.conditions()
            if rule.category not in self.categories:
                found.append(f"rule '{rule.name}' names the category '{rule.category}', which is not listed")
            if not given:
                found.append(f"rule '{rule.name}' has no condition, so it would take every action")
            found += [
                f"rule '{rule.name}' has the pattern '{value}': a `*` may only end it, after two characters or more"
                for values in given.values()
                for value in values
                if "*" in value[:-1] or (value.endswith("*") and len(value) < 3)
            ]
        return found
