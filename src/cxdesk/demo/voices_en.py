"""What English-speaking customers of the demo shop said that the shop could learn from. Invented for this program."""

__all__ = ["THEMES"]

THEMES = {
    "tracking": (
        "Tracking stands still for days",
        """
Tracking hasn't moved for three days, I have no idea where my parcel is
The tracking page never updates
I can't tell where my parcel is, tracking has been stuck since Monday
A text when tracking gets stuck would save me the call
No tracking updates at all, I thought the parcel was lost
Tell me the arrival day, the tracking page says nothing
Tracking stuck on the same line for days again
If tracking doesn't change for a day, please tell me first
Where is my parcel? Tracking still shows the label only
""",
        """
The courier collects at night, so tracking starts the evening after
Everything is handed over once, at five
Parcels are gathered for the day instead of going out as they are packed
""",
        "say the arrival day and when tracking starts in the dispatch notice",
        "hand parcels over twice a day",
    ),
    "packing": (
        "Pottery arrives broken, packing too thin",
        """
The bowl arrived broken, the packing is far too thin
One plate was broken, the padding inside was thin
The box was crushed and a bowl was chipped, it was meant as a gift
A little more padding and the bowl would not have broken
The cup handle was broken, it could move around in the box
The bowls touched each other in the box and one cracked
Second broken bowl from you, please change the box
Thin padding, the bowls rattled in the box
""",
        """
There is one sheet of paper between bowls
There is only one size of box, so there is room to move
Boxes were chosen by weight alone
""",
        "put cardboard dividers between bowls, in a box of two layers",
        "drop-test every new piece",
    ),
    "refund": (
        "Nobody says when the refund comes",
        """
Nobody told me when the money would be back
My return arrived but there is no date for the money
You confirmed the return and then not a word about when the money comes
How many days does the card take? Tell me before I ask
A text with the date of the money would be enough
I called twice just to ask for the date of my money
With a date for the money I would not have called
""",
        """
Nobody is meant to write when an inspection is done
Refunds are paid once a week, on Fridays
""",
        "put the day of payment into the refund notice",
        "pay on the day the inspection is done",
    ),
    "sizes": (
        "The size chart differs from the clothes",
        """
The shoulders are narrower than your size chart says
I went by the size chart and it is far too tight
It is 3 cm shorter than the size chart, please correct it
Put the size after washing into the chart, it shrank
The model's height and size next to the chart would help
The size chart was wrong twice, I exchanged it twice
""",
        "",
        "",
        "",
    ),
    "phone": (
        "Nobody answers the phone at lunch",
        """
Nobody answers the phone at lunch
Lunch is the only time I can phone and nobody answers
I held the phone for ten minutes
If nobody can answer, say that you will phone back
""",
        "",
        "",
        "",
    ),
}
"""Theme → its name, what was said, why it is so, what was or will be changed first, and what after that."""
