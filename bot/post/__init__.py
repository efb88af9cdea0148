"""The way of every message, in and out: nothing lost, nothing doubled, whenever we are killed.

    door -> inbox -> lanes -> conversation -> outbox -> courier -> door

A door joins in two lines. What comes in: `await post.inbox.take(bot, messages)`; only when it has
returned may the platform hear 2xx or the next poll offset, and when it raises, 503. What goes out:
`async with post.carrying(CHANNEL, deliver, limits):`, where `deliver(parcel)` hands one part over
and returns its `Fate` (`delivery.py`): `Later` only for what surely did not arrive. A door that
polls asks `post.on_duty` before each poll, and every door tells `post.health` how it is.

A door whose platform keeps files of citizens also hands in `fetch`; `fetching.py` calls it for the
turn that wants a file, while no transaction is open.

A push goes through `outbox.push(session, ...)`, in the transaction of whatever it tells about;
the same key for the same chat is the same push.

`inbox`, `outbox` and `settling` are the rules over the tables, `lanes` and `courier` the loops.
"""
