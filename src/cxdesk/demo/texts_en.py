"""What English-speaking customers of the demo shop write and say. Written for this program; nobody is quoted.

The form is that of ``texts_ko``.
"""

__all__ = ["ANSWERS", "ENDINGS", "IMPATIENT", "OPENINGS", "OVERDUE", "RELIEF", "REOPENED"]

OPENINGS = {
    "delivery": """
neutral 0 any | Hi, when should I expect the {item}?
> It leaves us today and should be with you tomorrow. I'll text you the tracking number within the hour.
neutral 0 any | Can I still change the delivery address to my office? Don't think it's shipped yet
> You're in time, it hasn't left. Send me the office address and I'll have it changed in five minutes.
neutral 0 | if i order today will it get here by saturday?
> Order before 2 pm and it goes out today, so Friday at the latest. I'll have it wrapped and ready.
anger 3 late | It has been {days} days and the tracking hasn't moved once. Where on earth is my order?
> {days} days of the same tracking page would drive me mad too, {who}. I'm calling the depot now and
    will text you what they say within 30 minutes. If it hasn't moved by tonight I'll send a new one.
anger 2 late | Wow, {days} days. Really living up to the "express" part, aren't we.
> You paid for express and got the opposite, I'd be cross as well. I can send a new one today to arrive
    tomorrow, or refund you in full now. Which would you like?
anger 2 any | says delivered. nothing at the door, nothing with the neighbours. third time I'm writing
    about this
> Three messages for one parcel is too many, I'm sorry. I've asked the driver for the photo he took, and
    if it isn't found by 6 pm a new one goes out tonight.
anxiety 3 any | It's my mum's birthday on Saturday and the {item} still says "preparing". Please tell me
    it will make it??
> Of course you're worried, it's her birthday. It's booked to arrive on Friday, and if it isn't there by
    noon I'll send one over by courier myself.
anxiety 1 any | tracking number gives no results since yesterday, is that normal?
> It is: the pick-up ran a day late. It will show up tonight, and I'll check again tomorrow morning and
    text you.
disappointment 2 any | I was really hoping to have it for our trip. We leave tomorrow, so I guess not.
> Oh, that's a pity, you bought it for the trip. I can send it to your hotel, or hold it until you're
    back. What suits you?
disappointment 1 any | Only one of the two things I ordered turned up. A heads-up would have been nice
> You're right, we should have told you. The second one left yesterday and arrives tomorrow; here is its
    number.
confusion 1 any | I got two dispatch emails for one order, did I accidentally buy it twice?
> No, you were charged once. It comes in two boxes, so the system wrote twice.
gratitude 2 any | Ordered yesterday, arrived this morning. How?! Thank you!
> That makes our day, {who}. Enjoy it, and shout if anything comes up.
""",
    "refund": """
neutral 0 wear | Could I swap the {item} for a size up?
> Of course. I'll send the new size today, and the courier picks the old one up when he brings it.
neutral 0 any | I've sent my return off, how long until the refund lands?
> Two working days after it reaches us, which should be Thursday. I'll text you when it's done.
anger 3 any | I was promised a refund ten days ago. Ten. Where is my money?
> Ten days without a word isn't right, {who}, and I'm sorry. I've just released it: it will be in your
    account within two working days, and I'll write to you when it is.
anger 2 wear | I followed YOUR size chart and it doesn't fit. Why am I the one paying to send it back?
> You did everything right: our chart was out by 1.5 cm. We'll pay the return. Would you rather have the
    next size or your money back?
anger 2 any | You sent me the exact same wrong item again. Is anyone actually reading these?
> You've been put to this trouble twice, I'm sorry. I've checked the right one myself and it goes out
    today; keep the wrong one until our courier calls for it.
anxiety 2 any | My return shows as "not received" and I only have the drop-off slip. Is it lost?
> I can see why that's worrying. It's at the depot and gets checked in tonight. Even if it went missing,
    you would be refunded in full.
disappointment 2 textile | The colour is nothing like the photos. I wanted oatmeal and this is basically
    grey.
> After waiting for it, that's a let-down. I'll send you photos taken in daylight: then swap it for
    another colour or send it back, as you prefer.
disappointment 1 wear | It was a gift and it's just too small. No receipt, sorry. Any chance?
> No receipt needed, the order is here. Shall I put the next size aside for you?
confusion 2 any | I asked for an exchange and got an email saying I've been refunded. What's going on?
> That's our slip, we pressed the wrong button. Your exchange is put aside; I'll send a payment link in
    ten minutes so you can keep it.
gratitude 2 any | Exchange came through so fast, and it fits perfectly now. Thanks a million
> So glad it fits! Enjoy wearing it in.
""",
    "defect": """
anger 3 table | Opened the box and it's chipped. Does anybody look at these before they go out?
> You were looking forward to that, and it came broken: I'd be annoyed too. I'll inspect a new one
    myself and send it today. Please don't send the chipped one back, it's sharp.
anger 2 textile | Washed it ONCE, exactly as the label says, and it shrank two sizes.
> You followed the label and it still shrank, no wonder you're cross. A new one or your money back,
    whichever you like. We'd like the shrunken one for the maker; we pay the postage.
anger 3 any | This is the second replacement with the same fault. I'm running out of patience.
> Twice in a row would shake anyone's trust. I'll photograph the next one before it leaves so you can
    approve it, or refund everything today if you've had enough.
disappointment 3 table | The handle came off on the first day. I'd saved up for this set...
> You saved up for it and it broke on day one, I'm so sorry. Were you hurt at all? A new one leaves today.
disappointment 1 textile | Loose threads all along the hem. Expected better from you, honestly
> Fair, we expect better too. I can replace it, or pay for the mending if you'd rather keep it.
anxiety 2 table | The glaze seems to be flaking. My toddler eats from it every day, is that dangerous?
> Please stop using it until we know, just to be safe. The photo is with the potter and you'll have an
    answer tomorrow morning.
anxiety 1 tea | Tea smells a bit odd compared to my last pack. Safe to drink?
> Good that you asked first. Please leave that pack; a fresh one goes out today.
confusion 1 table | Page says it comes with a lid. Mine didn't. Is the lid sold separately?
> It should have been in the box, we left it out. The lid goes out today and arrives in two days.
neutral 0 wear | A button was missing on arrival. Could you just post me a spare?
> Two spare buttons are on their way in today's post. If sewing is a bother I'll swap the whole thing.
""",
    "payment": """
neutral 0 | Can I pay with a foreign card?
> Yes, most of them work. If yours is refused I'll send a link that takes it.
neutral 0 any | Could I get a proper invoice for my office please?
> Of course. Tell me the company name and it will be in your inbox today.
anger 3 any | You charged me twice and then told me to call my bank. Unbelievable.
> We should have looked before sending you to the bank. I'm sorry. One charge is cancelled as of now and
    your card shows it within three days; I'm texting you the confirmation.
anger 1 any | cancelled weeks ago and it's STILL on my statement
> That's maddening after so long. The cancellation is through and comes off the next statement; if you'd
    like the money sooner I can pay it to your account.
anxiety 3 | Checkout crashed but the money left my account and there's no order. Please help
> That's a fright. I can see the payment here, so nothing is lost. Shall I turn it into your order, or
    send it straight back?
anxiety 1 | Sent the bank transfer 3 hours ago, still "awaiting payment". Did I mistype something?
> The name on the transfer was different, so it wasn't matched. I've matched it by hand, you're all set.
confusion 1 any | The coupon went through but the total didn't change?
> You did nothing wrong: it doesn't count on sale items and the page didn't say so. I've refunded the
    difference.
gratitude 1 any | Thanks for sorting out the double charge so quickly
> Glad that's settled. Sorry for the scare.
""",
    "price": """
neutral 0 | When does the {item} next go on sale?
> No date yet. Leave me your number and I'll text you the morning it starts.
neutral 0 | Do you do a discount for 20+ of the {item}? It's for wedding favours
> Congratulations! 8 % from ten and 12 % from thirty; wrapping adds a day. When is the wedding?
anger 2 any | Bought it yesterday, 20 % off today. Feels great to be a loyal customer.
> One day apart, that would sting me too. I can refund the difference or put it on your account for next
    time, as you like.
disappointment 1 | The {item} has gone up a lot since last year. Bit out of my range now.
> The linen got dearer in spring, I know it's a jump. I'll send you two that feel similar and cost less.
confusion 1 | Price in the cart is different from the product page. Which one's right?
> The lower one is right and I've fixed the page. Reload and you'll see it.
anxiety 1 | Furnishing a whole flat on a tight budget. Does buying as a set bring it down at all?
> It does, by 15 %, and you may spread it over the month at the same price. Want me to put a list together?
gratitude 1 any | Didn't expect you to refund the difference. Thank you, really
> It's only fair. You'll see it by this evening.
""",
    "staff": """
anger 3 | The person on the phone hung up while I was still talking. What's their name?
> You weren't heard out, and I'm sorry. I'm listening now, for as long as it takes. My team lead will go
    over the call today and ring you tomorrow morning.
anger 2 any | I have now explained this four times to four people. Do you people take notes?
> Four times is three too many. I've read it all: your exchange got stuck, and I'm taking it through
    myself now.
disappointment 2 | I asked a simple question in the shop and got an eye-roll. Left me feeling rather small.
> Nobody should leave our shop feeling like that, I'm sorry. Let me start with a proper answer to your
    question.
confusion 1 any | Yesterday I was told yes, today I'm told no. Which is it?
> It's yes. I'm sorry for the muddle; I'll see it through myself.
gratitude 3 any | Emma went out of her way to get my parcel there in time. Please give her a raise
> I'll read this out at the meeting, she'll glow for a week. Thank you for taking the time, {who}.
gratitude 2 | Lovely service in the shop today. The lady who re-wrapped my gift was an absolute gem
> What a nice thing to hear. I'll tell her before she goes home.
neutral 0 any | Could I speak to the same person as last time?
> She's in today. It's about ten minutes' wait, or I can have her ring you when she's off the phone.
""",
    "product": """
neutral 0 | Is the {item} coming back in stock?
> Next Wednesday. Shall I keep one for you and text you that day?
neutral 0 wear | I'm 5'6 and usually a UK 10. M or L in the {item}?
> It's cut roomy, so M will sit well. If you like it loose, L is fine too.
neutral 0 table | is the {item} dishwasher safe? microwave?
> Dishwasher yes, microwave up to two minutes. Please keep it off the flame.
neutral 0 leaf | How much caffeine is in the {item}? I'd like it for evenings
> About half of a coffee. For evenings I'd point you to our rooibos or pumpkin tea, both have none.
neutral 0 home | Can the {item} go in the tumble dryer?
> It may shrink by 5 % there. A cool wash and a line in the shade keep it lovely.
confusion 1 | What's the difference between oat and ivory? Look identical on my screen
> Ivory is the lighter one. I'll send you a photo of both side by side at the window.
confusion 2 wear | The size chart makes no sense to me, is that chest or across the shoulders?
> It's the full length, and the page should say so. Tell me the length of a top you love and I'll pick
    the size.
anxiety 1 leaf | I'm pregnant. Is the {item} ok for me?
> Congratulations! It has some caffeine: a cup a day at most, and do ask your doctor. I can suggest two
    teas with none.
anxiety 1 | It says 1 left. If I pay now will I definitely get it?
> Yes, I've just put it aside in your name until midnight.
disappointment 2 | You've discontinued the {item}? It's the only one I ever buy. Gutted.
> Oh no, your favourite. I'll search the shop today and tell you by noon tomorrow what I found.
disappointment 1 | sold out literally while i was typing in my card :(
> So close! There's a display piece here for you, or a new one next Wednesday. Which would you like?
gratitude 1 | The {item} you recommended is perfect. Anything else in that style?
> So pleased! I'll send you photos of two new ones from the same maker.
""",
    "waiting": """
anger 3 | 25 minutes on hold. Is there anybody there at all?
> 25 minutes with that music, you've every right to be cross. I'm here now and we'll finish this together.
anger 2 | You said ten minutes. It's been thirty.
> We said ten and made it thirty, there's no way to dress that up. I'm starting on it this second.
confusion 1 | I was third in line, now I'm fifth? How does that work
> That must look odd. Two urgent ones went in first. You're second now, about six minutes.
neutral 0 | Any seats left for the tea class this Saturday? Two of us
> Two left at 2 pm. Shall I put your name on them?
neutral 0 any | Could I move my pick-up from 2 to 4?
> Done, 4 pm. It will be wrapped and waiting.
anxiety 2 | Never got a confirmation for tomorrow's tea class. Am I actually booked?
> You are. One digit of your number was wrong, so the text got lost. I've sent it again.
disappointment 2 any | Came at the time you gave me, order wasn't ready, lunch break gone.
> We cost you your lunch break, I'm really sorry. I'll bring it to your office before you leave today,
    or send it to your home.
gratitude 1 | Love that you tell people the actual wait. Went and got a coffee :)
> Hope it was a good one! It's your turn: what can I do for you?
""",
    "account": """
neutral 0 | I've got a new phone number, can you update it?
> I've texted the new number. Answer it and I'll change it right away.
neutral 0 | Can you merge my two accounts? I signed up twice by mistake
> Happily. Tell me which one to keep and I'll move your orders and points today.
confusion 2 | Can't log in and have no idea which email I used, sorry
> Happens to all of us. It was your work address. A link for a new password is in your inbox; shall we
    do it together?
anger 2 | Unsubscribed three times and still got your ad this morning. Is that even legal?
> Three times is clear enough. You're off every list as of now, and by tomorrow I'll tell you why it
    kept coming.
anxiety 3 | There is an order on my account that I didn't make. Has someone got in?
> I'd be alarmed too. I've stopped the parcel and am going through the log-ins: give me five minutes.
    I'll help you set a new password as well.
disappointment 1 any | Lost my VIP status after one quiet month. Bit harsh
> After all your orders that must feel cold. I've kept your status for this quarter. Thank you for
    staying with us, {who}.
gratitude 1 | thanks for walking me through the password thing, you were very patient
> My pleasure. Ring any time you get stuck.
""",
    "praise": """
gratitude 3 any | The {item} is even more beautiful than the photos. I can tell someone packed it with love
> You've made someone's day here, {who}. I'll show your note to the person who packed it.
gratitude 2 any | The handwritten card made me tear up a little. Nobody does this any more.
> Thank you for telling us. We did think of you while writing it.
gratitude 2 tea | Whole office is asking about the {item}, it smells that good
> Then a few sample bags go into your next box, for the office!
gratitude 1 any | Got it, looks great, cheers
> Cheers to you, enjoy it!
gratitude 1 any | Bit slow to arrive but wow, worth the wait
> Sorry about the wait, and thank you for seeing past it.
neutral 0 any | Mind if I post a photo and tag the shop?
> Please do, we'd love to see it.
""",
    "other": """
neutral 0 | Is there parking, and how late are you open?
> Two spaces behind the house, and we're open until seven. Ring ahead and I'll keep one free.
neutral 0 | can i bring my dog in?
> Very welcome, in your arms or in a bag. There's a bowl of water by the door.
confusion 1 | I got a text with a link that claims to be from you. Is it?
> Good that you asked: it isn't ours. Please don't open it, just delete it.
anxiety 2 | I think I left my ring by the till. It's my wedding ring. Could somebody please look?
> You must be beside yourself. I'm having the shop searched now and will ring you in 15 minutes, found
    or not.
anger 1 | Your website crashed again and ate my cart
> All that choosing gone, how annoying. I've restored your cart from our side: reload and it should be
    there.
disappointment 1 | Came all the way from Daejeon and you were closed. A sign online would have helped
> All that way for nothing, I'm sorry. Tell me what you came for and I'll send it free of charge.
gratitude 1 | Thanks for lending me the umbrella! Will bring it back this week
> Glad you stayed dry. No hurry at all.
""",
}

IMPATIENT = """
Hello? Anyone there?
Still waiting :)
any idea how much longer?
Just checking I haven't been forgotten
how many people are ahead of me?
I have to leave soon, will this take long?
Did my message go through?
lunch break's nearly over...
"""

OVERDUE = """
It's past the time you gave me
I've waited as long as you asked. Are we close?
You said it would be quicker than this...
The time you told me has come and gone. Am I still in line?
"""

REOPENED = """
The text you promised yesterday never came
> It wasn't sent, I'm sorry. It's out now and I'll ring in five minutes to make sure it reached you.
You said it was sorted but it still looks the same here
> It got stuck half-way. I've taken it to the end this time and can show you on the screen.
Got the parcel, but it's the wrong one this time...
> More trouble after all that waiting. The right one goes out today; our courier will take the other one
    back.
"""

ENDINGS = {
    "gratitude": """
Thank you so much!
Brilliant, thanks for being quick about it
ok perfect, thanks :)
This is why I keep coming back
""",
    "neutral": """
OK, got it
Right, I'll wait then
Noted.
Yes please, do that
Alright, bye
""",
    "disappointment": """
Okay. Still a bit of a shame
Fine, nothing to be done I suppose
Would be nice to be told beforehand next time
""",
    "anger": """
Forget it, just refund me
If this goes wrong again I'm done
You said that last time too
""",
    "anxiety": """
Okay... please do text me though
Still a bit nervous about it, but okay
""",
    "confusion": """
Not sure I follow but I'll try it
I'll get back to you if it doesn't work
""",
}

RELIEF = """
That's a weight off my mind. Thank you
Didn't expect you to go that far, really appreciate it
Sorry if I was short earlier. Thanks for this
Thank you for actually listening
"""

ANSWERS = {
    "thanks": """
Great, thank you!
Phew. Thanks for checking
That's really kind, thank you
Perfect, that makes sense now. Thanks
lovely, cheers
""",
    "question": """
So when would I get it?
Is there any extra cost?
Do I need to do anything on my side?
You'll text me, right?
Is there another option?
Where can I see that?
""",
    "calmer": """
Ah, I see. That helps a little
Okay... I feel better hearing that
Alright, I'll trust you on it
Sorry, I was just frustrated earlier. OK
""",
    "upset": """
So when will it actually happen?
I've lost count of the sorries, to be honest
That doesn't really help me. What am I supposed to do now?
I still don't understand why
I'd just like a real time, please
""",
    "confirm": """
OK, got it
Yes, please do that
Right, understood
I'll go with that one
ah ok, makes sense
""",
}
