"""How often something may be done."""

ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip",
    "reset_password": "20/m/ip",
    # Counted by accounts.letter_limits and not by allauth, which knows the address alone.
    "confirm_email": "",
    # Letters to one address, by who asks: of each kind, of all kinds together, and for one visitor who is not known.
    # So a letter box gets 36 a day at most: 12 for its owner's devices, 12 for members who want it, 12 for strangers.
    "sign_in_letter": "2/m/key,10/d/key",
    "new_password_letter": "2/m/key,10/d/key",
    "sign_up_letter": "1/10s/key,10/d/key",
    "new_address_letter": "1/10s/key,10/d/key,20/d/user",
    "letter": "12/d/key",
    "letter_of_visitor": "6/d/key",
    # A name is tried five times in five minutes, from wherever; a known device counts by itself (accounts.limits).
    "login_failed": "10/m/ip,5/300s/key",
    "invite": "20/h/ip,1/10s/key,5/d/key",
    # Of every picture that is sent, also of those that are refused: looking at one costs something.
    "upload": "30/m/user",
    "upload_by_receipt": "30/m/key",
    "upload_by_visitor": "10/m/ip,40/d/ip",
    # What an editor asks while somebody types.
    "preview": "240/m/user",
    "complete": "240/m/user",
    # Pictures for where an address is passed on: drawing one costs something.
    "poster": "60/m/ip",
    # Codes of receipts that are tried: by one network, and by one while very many are tried from everywhere.
    "receipt_try": "5/m/ip",
    "receipt_try_slowly": "1/m/ip",
    "receipt_try_everywhere": "60/m/key",
    # Rooms opened without an account.
    "receipt_new": "3/h/ip,10/d/ip",
    # This solves it, before asking.
    "solved": "10/h/ip,30/d/ip",
    "solved_once": "1/d/key",
    "report": "5/m/ip,40/d/ip",
    # Whether FAQ entries helped: of all by one network, and of one entry by one network.
    "faq_feedback": "6/m/ip,40/d/ip",
    "faq_feedback_entry": "3/d/key",
    "report_receipt": "5/h/key",
}
# How much a customer may write in an hour (h) or a day (d), and on the first day of an account; a reply is an
# answer or a comment. Staff write as much as they like.
WRITING_LIMITS = {
    "question": "3/h,10/d",
    "question_first_day": "3/d",
    "reply": "20/h",
    "reply_first_day": "10/d",
    "conversation": "10/d",
    "upload": "40/h,200/d",
    "upload_first_day": "20/d",
}
