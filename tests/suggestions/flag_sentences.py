"""Sentences in which something is said, denied, put into other people's mouths or only supposed.

The words that a code would match stand between asterisks. `FIRST` was in view while the rules were written;
`SECOND` was written before them by the same hand; `THIRD` was written after them, and nothing was changed for
it. All are invented.
"""

from __future__ import annotations

N, R, H = "negated", "reported", "hypothetical"
Sentences = tuple[tuple[str, frozenset[str]], ...]


def _read(text: str) -> Sentences:
    found = []
    for line in text.strip().splitlines():
        told, _, sentence = line.partition("|")
        kinds = {"n": N, "r": R, "h": H}
        found.append(
            (sentence.strip(), frozenset(kinds[letter] for letter in told.strip() if letter in kinds))
        )
    return tuple(found)


FIRST = _read("""
n | I would not call it a *leaking bucket*.
n | It isn't a *leaking bucket*, it's a plan with holes.
n | Nobody here thinks it is a *leaking bucket*.
n | It was never a *leaking bucket*.
n | There's no *leaking bucket* here.
n | It is hardly a *leaking bucket*.
n | This is anything but a *leaking bucket*.
n | It's far from a *leaking bucket*.
n | We got a proper roof rather than a *leaking bucket*.
n | A *leaking bucket* it is not.
n | A *leaking bucket*? No, I don't think so.
n | It doesn't feel like a *leaking bucket* to me.
n | Neither the head nor the governors saw a *leaking bucket*.
n | They gave us tools instead of a *leaking bucket*.
  | It is a *leaking bucket* and we all know it.
  | It's not only a *leaking bucket*, it's an expensive one.
  | It is not just a *leaking bucket* but a dirty one.
  | It's nothing but a *leaking bucket*.
  | It is nothing more than a *leaking bucket*.
  | It's no more than a *leaking bucket*.
  | There is no doubt that it is a *leaking bucket*.
  | No question, it's a *leaking bucket*.
  | It's not a roof but a *leaking bucket*.
  | It is not a cure, it is a *leaking bucket*.
  | You can't say it isn't a *leaking bucket*.
  | A *leaking bucket*, and not before time.
  | I don't care what anybody says, it's a *leaking bucket*.
  | I think the money was a *leaking bucket* for us.
  | To be honest it's a *leaking bucket*, not a roof.
  | We poured and poured into that *leaking bucket*.
r | They keep calling it a *leaking bucket*.
r | People say it's a *leaking bucket*.
r | One of them calls it the *leaking bucket* scheme.
r | In her words, a *leaking bucket*.
r | According to the minister it is a *leaking bucket*.
r | The head told me it was a *leaking bucket*.
r | My neighbour reckons it's a *leaking bucket*.
r | It has been described as a *leaking bucket*.
r | The so-called *leaking bucket* was on every slide.
r | Apparently it's a *leaking bucket*.
nr | They say it is not a *leaking bucket*.
  | I say it's a *leaking bucket*.
  | I'd call it a *leaking bucket*.
  | We always said it was a *leaking bucket*.
  | People queue for that *leaking bucket* every week.
h | If it was a *leaking bucket* we would know.
h | It could turn into a *leaking bucket*.
h | It might be a *leaking bucket*, I can't tell.
h | Imagine it as a *leaking bucket* for a minute.
h | Suppose we ended up with a *leaking bucket*.
h | It would have been a *leaking bucket* without her.
h | Unless somebody mends it, it'll be a *leaking bucket*.
h | I worry that it may become a *leaking bucket*.
h | I'm not sure whether it's a *leaking bucket*.
  | It's a *leaking bucket*, if you ask me.
  | If I'm honest it's a *leaking bucket*.
  | I would say it's a *leaking bucket*.
  | If anything it's a *leaking bucket*.
  | It is a *leaking bucket* because nobody could agree.
  | We asked if they had read it, and it's a *leaking bucket*.
""")

SECOND = _read("""
n | I don't see it as a *paper bridge*.
n | It wasn't a *paper bridge* at all.
n | No one could mistake this for a *paper bridge*.
n | That's not what I'd call a *paper bridge*.
n | We have never had a *paper bridge* in this school.
n | It stopped being a *paper bridge* two years ago.
n | It is by no means a *paper bridge*.
n | What we have isn't really a *paper bridge*.
n | They built a real one in place of a *paper bridge*.
n | She refused to accept a *paper bridge*.
n | *Paper bridge*? Not for us it wasn't.
n | There wasn't any *paper bridge* when we needed to cross.
  | That is a *paper bridge* if ever I saw one.
  | It's more than a *paper bridge*, it's a wet one.
  | It isn't just a *paper bridge*, it's a long one.
  | You could not find a better word than *paper bridge*.
  | It didn't hold, it was a *paper bridge*.
  | There's no denying it's a *paper bridge*.
  | It was nothing short of a *paper bridge*.
  | She never came back, and we were left with a *paper bridge*.
  | It's a *paper bridge* and no mistake.
  | I can't think of it as anything other than a *paper bridge*.
  | They crossed the *paper bridge* without a word.
  | We were given a *paper bridge*.
  | The whole plan rests on a *paper bridge*.
r | Some of the governors called it a *paper bridge*.
r | He said we had a *paper bridge*.
r | It's what they describe as a *paper bridge*.
r | The officers told us that it's a *paper bridge*.
r | Somebody in the meeting claimed it was a *paper bridge*.
r | It was supposedly a *paper bridge*.
r | Parents tell me they're standing on a *paper bridge*.
r | The report calls it a *paper bridge*.
nr | My colleague says it's not a *paper bridge*.
  | I've been saying for years that it's a *paper bridge*.
  | I told them it was a *paper bridge*.
  | Everyone walks over the *paper bridge*.
h | If they cut it again we'll have a *paper bridge*.
h | It may well be a *paper bridge* by then.
h | It would be a *paper bridge* if she left.
h | We could have had a *paper bridge*.
h | What if it's a *paper bridge*?
h | I wonder whether it's a *paper bridge*.
h | Perhaps it's a *paper bridge*.
h | Let's say it were a *paper bridge*.
  | I'd say it's a *paper bridge*.
  | It's a *paper bridge*, if I may say so.
  | They could see that it was a *paper bridge*.
  | I would describe it as a *paper bridge*.
  | Whether you like it or not, it's a *paper bridge*.
""")

THIRD = _read("""
n | We were promised a *garden gate* and got none, so there is no *garden gate*.
n | I can't remember there ever being a *garden gate*.
n | Not one of us was given a *garden gate*.
n | They took the *garden gate* away, so it isn't there any more.
n | The *garden gate* never arrived.
n | It lacks a *garden gate*.
n | We've been without a *garden gate* since March.
n | Who needs a *garden gate*? Not us.
n | It would be wrong to call it a *garden gate*.
n | You wouldn't find a *garden gate* in the whole street.
  | It's the one *garden gate* that does not squeak.
  | I couldn't be happier with the *garden gate*.
  | We do nothing without the *garden gate*.
  | It never rains but the *garden gate* swells.
  | There was no warning, and the *garden gate* fell on him.
  | Not everybody likes it, but it is a *garden gate*.
  | I don't deny that it's a *garden gate*.
  | We painted the *garden gate* and nobody thanked us.
r | My mother used to say it was a *garden gate*.
r | As the caretaker put it, a *garden gate*.
r | From what I hear it's a *garden gate*.
r | We were told it was a *garden gate*.
r | "It's a *garden gate*", the chair said.
r | There's talk of a *garden gate*.
r | The letter mentions a *garden gate*.
  | I told the chair about the *garden gate*.
  | We keep telling them it's a *garden gate*.
h | With a bit of luck we'd have a *garden gate*.
h | I wish we had a *garden gate*.
h | Should they build a *garden gate*, we'd use it.
h | It depends whether there's a *garden gate*.
h | A *garden gate* would help.
h | We may get a *garden gate* next year.
h | If only it had a *garden gate*.
  | May I say that it's a *garden gate*?
  | We could all see the *garden gate*.
  | It might rain, but the *garden gate* holds.
  | I asked whether they minded and opened the *garden gate*.
""")
