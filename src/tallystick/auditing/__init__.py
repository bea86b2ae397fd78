"""Whether what is published tells small counts of people: heard as any reader hears it, held against the truth."""
