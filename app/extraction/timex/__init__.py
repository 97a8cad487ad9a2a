"""The grammar of English time expressions: forms of words and how each reads (TIMEX3, EDTF), without a clock.

`words` and `periods` hold the closed vocabulary and the calendar; `readings` what every form shares; `dates`,
`weekdays`, `units`, `counts` and `clock` the forms; `surroundings` what a form may ask the parse.
"""
