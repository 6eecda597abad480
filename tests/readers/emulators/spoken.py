"""What each box says, with a garbled line in the middle; the laws cut, spoil and rewrite it."""

from __future__ import annotations

from tests.readers.emulators import chronotrack, ipico, jchip, mylaps, raceresult, ultra, wiclax

SPOKEN: dict[str, bytes] = {
    "csv": b"bib,time\r\n101,6:45.112\r\n?,6:46\r\nx\r\n102,1:07:03\n103,DNF\n104,later\n",
    "tsv": b"# club\n7\t28.49\n\n8\t?\t2\n?\t1.11.43\r10\tlater\n9\t:59",
    "rfidserver": b'1,0580AB,7,"2026-06-14 09:30:00.120",1,1\r\nbad\r\n0,0,0,"9:31:00.000",0,0\r\n'
    b"0580AC\t23:59:59.000\t1\t2\n0580AC\t00:00:01.000\t1\t2\n",
    "ultra": b"Connected,0\r" + b"".join(map(ultra.line, (1, 2, 5))) + b"V=25.0\n0,x\n",
    "raceresult": b"GETPROTOCOL;1.0;1.0;3.0\r\nSETPROTOCOL;3.0\r\nPASSINGS;3;177\r\n"
    + b"".join(raceresult.Decoder().line(n).encode() + b"\r\n" for n in (1, 2))
    + b"3;;;\r\n\r\n#P;"
    + raceresult.Decoder().line(7).encode()
    + b"\r\nwhat is this\r\n",
    "mylaps": f"Finish@Pong@$Finish@Passing@{mylaps.passing(1)}@{mylaps.GARBLED}@7@$\r\n"
    f"Finish@Store@{mylaps.store(2)}@8@$\x00Finish@Nothing@$F@Marker@t=1:00:00|mt=X@9@$".encode(),
    "chronotrack": f"SimpleClient~0.6.0~CTP01\r\nack~getlocations~a~b\r\n{chronotrack.line(1)}\r\n"
    f"{chronotrack.line(2)}\r\nCT01_33~x\r\nerr~start~no\r\n".encode(),
    "chronotrack-file": b"TO~1~99~160~13~1620462257.60~12~8~-29~1~P~71\r\nTO~2\r\n"
    b"I2,31,TimeChange,8,21050808260304,2105080826\r\n",
    "ipico": ipico.line(1)
    + b"aa000580001232\r\nab000a2c260306052004151b2782ae\r\nab000902260306051855443727cf\r\n"
    + b"aaA10580001218380001260307134851630 0RR4f\r\ndate.Wed Nov 12 15:30:30 CST 2008\r\n",
    "ipico-dbf": b"".join(
        (
            bytes(8) + (64).to_bytes(2, "little") + (41).to_bytes(2, "little") + bytes(52),
            b" F  058000123b3212065046 1649260321   F 4" * 2,
            b" F  058000123b3299065046 1649260321   F 4",
            b"\x1a",
        )
    ),
    "jchip": b"N0000JCHIP\rGT0093000120000 date=20260614\r" + jchip.line(3) + b"<<<x>>>\r",
    "wiclax": wiclax.line(1) + b"*\rCLOCK 14-06-2026 09:30:00\rRACESTART 09:30:00,123\rx;y\r",
    "epc": b"Tag,Timestamp\nAB,2016-09-11 09:15:34.305\nAB\nAB,Sat Feb 01 14:11:29.1  2020-02-01\n",
    "timemachine": b"\x17       00001 0:15:32.45\r\n\x14       00001 0:15:32.45   00123\r\n?\r\n",
    "timy": b" 0056 C1 12:14:50.8340 01\rn0002\rc 0023 c1 15:44:15,7847 00\r12:14:51.3\rhello\r",
    "lif": b"1,2,3,100m,1.2,m/s,,,,100,10:00:00.123\r\n"
    b'1,7,4,Doe,Jo,Club,12.31,,,0.15,"6.1 (6.1)"\r\n'
    b"DNF,8,5,Roe,Al,Club,,,\r\n,,,\r\n",
    "chronokeep": b"0,0580AB,1465464600,120,1465464600,120,1,1,9,5,-60,0,,0,12,0\nshort\n",
    "chronokeep-portal": b'{"command":"reads","list":[7,{"identifier":"1"}]}\n{"command":"x"}\n[\n',
}
SPOKEN |= {
    "raceresult-pull": SPOKEN["raceresult"],
    "mylaps-v1": SPOKEN["mylaps"],
    "ipico-lite": SPOKEN["ipico"],
}
