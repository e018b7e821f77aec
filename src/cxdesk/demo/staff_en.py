"""What the shop's people write in English: what was done, what is worth remembering, what was promised."""

__all__ = ["COMMENTS", "NOTES", "PREFERENCES", "PROMISES", "RESOLUTIONS", "SUBJECTS"]

RESOLUTIONS = {
    "delivery": """
Held at the depot for a day. Arrives tomorrow morning, texted the customer
Presumed lost: new one sent today, claim filed with the carrier
Address changed before dispatch
""",
    "refund": """
Pick-up booked, new size sent ahead
Checked in and refunded in full, text scheduled
Return postage on us
""",
    "defect": """
Replacement inspected and sent (photo first)
Photos passed to the maker; three more of that batch in stock
Refunded in full, no return needed
""",
    "payment": """
Duplicate charge cancelled, confirmation texted
Transfer matched by hand (different name)
Invoice mailed
""",
    "price": """
Difference refunded
Group quote mailed
""",
    "staff": """
Passed to team lead, call-back tomorrow morning
Praise passed on
""",
    "product": """
One put aside for Wednesday's delivery
Recommended M, one free exchange
Sent side-by-side photos of the colours
""",
    "waiting": """
Apologised for the wait and gave a new time
Booking confirmed, text sent again (typo in number)
""",
    "account": """
Number changed after checking identity
Did the password reset together
""",
    "praise": """
Thanked, told the packing team
Samples in the next box
""",
    "other": """
Told about parking and hours
Searched for the lost item, rang back
""",
}

NOTES = """
Loves the wrapping
Prefers a call to a text, afternoons
Teaches at the international school, free after 4
Buys mostly presents: leave the receipt out
Two cats. Asks about fabrics that don't catch hair
Sensitive skin, undyed linen only
Hates over-packaging, fine with reused boxes
Was upset at first, very kind once it was explained
Moving flat next month, check the address
Laughed about the late parcel last time. Lovely person
Her partner reads Korean, she doesn't: texts in English
Vegetarian, asked what's in the soap
Says the {item} gets used every day
Wants the {item} in a second colour when it's back
Runs a small café, may order in bulk
Speaks Korean on the phone but prefers writing in English
"""

PREFERENCES = {
    "size": ["S", "M", "L", "XL"],
    "contact": ["text in English", "phone, afternoons", "e-mail only"],
    "wrapping": ["as little as possible", "gift wrap", "handwritten card"],
    "colour": ["oat", "ivory", "charcoal", "no bright colours"],
    "delivery": ["leave with the guard", "at the door", "Saturdays"],
    "tea": ["no caffeine", "nothing smoky"],
}

PROMISES = """
Ring with what the carrier says
Text when it's back, keep one aside
Confirm that the refund arrived
Send photos before dispatch
Mail the group quote
Pass on the maker's answer
"""

SUBJECTS = {
    "delivery": ["Where is my order?", "Delivery question"],
    "refund": ["Return / exchange", "Refund status"],
    "defect": ["Problem with an item", "Faulty on arrival"],
    "payment": ["Payment question"],
    "price": ["Question about a price"],
    "staff": ["About your staff"],
    "product": ["Product question"],
    "waiting": ["Booking", "Waiting time"],
    "account": ["My account"],
    "praise": ["Thank you!"],
    "other": ["A quick question"],
}

COMMENTS = {
    "high": """
They remembered me!
Rang back at exactly the time they said
Kind and clear
Would have waited longer for service like this
""",
    "middle": """
Sorted, but it took a while
Nice, though I had to explain twice
""",
    "low": """
Waited far too long
No call back as promised
Felt like talking to a script
""",
}
