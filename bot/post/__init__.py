"""The way of every message, in and out: nothing lost, nothing doubled, whenever we are killed.

A door joins in two lines. What comes in: `await post.inbox.take(bot, messages)`, and only when it
has returned may the platform hear 2xx or the next poll offset. What goes out:
`async with post.carrying(CHANNEL, deliver, limits):`, where `deliver(parcel)` hands one part over
and tells its `Fate`. Pushes: `push(session, ...)` in the transaction that they belong to. A door
that polls asks `post.on_duty` before each poll.

    door -> inbox -> lanes -> conversation -> outbox -> courier -> door

`inbox` and `outbox` are tables and their rules; `lanes` and `courier` are the loops over them.
"""
