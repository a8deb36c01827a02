"""Passwords that are tried first, written for Lyceum: runs of keys and digits, plain words and their usual variants.

Short on purpose: lock-out keeps guessing slow, so only the very first guesses matter. Lower case, letters and digits,
at least 8 long: shorter ones are refused anyway, and the policy compares without case and punctuation.
"""

_DIGIT_RUNS = (
    "00000000 11111111 22222222 33333333 44444444 55555555 66666666 77777777 88888888 99999999 12345678 123456789 "
    "1234567890 0123456789 01234567 87654321 987654321 9876543210 12341234 11223344 12121212 10203040 13579135 "
    "24682468 00001111 11112222 12344321 123123123 147258369 159357159 112233445566"
)
_KEY_RUNS = (
    "qwertyui qwertyuiop qwertzui qwertzuiop azertyui azertyuiop asdfghjk asdfghjkl yxcvbnmy zxcvbnmz asdfasdf "
    "qwerqwer qweasdzxc 1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 qazwsxedc zaq12wsx qwerty12 qwerty123 qwerty1234 "
    "qwertz123 azerty123 abcdefgh abcdefghi abcd1234 abc12345 abc123abc a1b2c3d4 aaaaaaaa aaaa1111 1234abcd 123abc123 "
    "123qweasd 12345qwert asdf1234 zxcv1234"
)
_WORDS = (
    "password passwort passw0rd p4ssword motdepasse contrasena wachtwoord parolaparola iloveyou iloveyou1 "
    "princess sunshine football baseball basketball superman batman123 starwars pokemon1 dragon123 monkey123 master123 "
    "shadow123 michael1 jennifer jessica1 charlie1 welcome1 welcome12 welcome123 letmein1 letmein123 trustno1 "
    "whatever computer internet samsung1 google123 facebook chocolate butterfly liverpool freedom1 summer2024 "
    "summer2025 winter2024 winter2025 spring2025 autumn2025 changeme changeme1 changeme123 default1 administrator "
    "admin123 admin1234 adminadmin root1234 rootroot test1234 testtest testing1 testing123 guest123 user1234 demo1234 "
    "secret12 secret123 mypassword mysecret newpassword temporary temp1234 hello123 hello1234 hellohello goodmorning "
    "blink182 cheese123 cookie123 diamond1 flower123 friends1 guitar123 hunter22 lovelove lovely123 mustang1 nicole123 "
    "orange123 pepper123 purple123 rainbow1 soccer123 spider123 steven123 thomas123 tigger123 victory1 yellow123"
)
_VARIANTS = "password1 password12 password123 password1234 password01 passw0rd1 passw0rd123 passwort1 passwort123"
_SCHOOL = (
    "lyceum123 lyceum1234 lyceumlyceum mylyceum learning learning1 learner1 student1 student123 students teacher1 "
    "teacher123 school123 school1234 schoolschool college1 university homework homework1 graduate education"
)

COMMON_PASSWORDS = frozenset(" ".join((_DIGIT_RUNS, _KEY_RUNS, _WORDS, _VARIANTS, _SCHOOL)).split())
