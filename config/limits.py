"""How often something may be done."""

# What else than a wrong password is counted; `key` is an address, so that nobody's letter box is flooded.
ACCOUNT_RATE_LIMITS = {
    "confirm_email": "1/10s/key,10/d/key",
    "request_login_code": "20/m/ip,2/m/key,10/d/key",
    "reset_password": "20/m/ip,2/m/key,10/d/key",
    # A name is tried five times in five minutes, from wherever; a known device counts by itself (accounts.limits).
    "login_failed": "10/m/ip,5/300s/key",
    "invite": "20/h/ip,1/10s/key,5/d/key",
    # What an editor asks while somebody types.
    "preview": "240/m/user",
    "complete": "240/m/user",
    "report": "5/m/ip,40/d/ip",
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
}
