/** Invented mails, as they come over the wire. */

/** Lines as they are written here, ended as mail ends them. */
export const eml = (text: string): Uint8Array => Buffer.from(text.replace(/^\n/, "").replace(/\r?\n/g, "\r\n"));

export const LETTER_ID = "<letter-1.7q2k@ask.hollow.example>";
export const ADDRESS = "questions+k3v9x2m7q4@ask.hollow.example";

export const PLAIN = eml(`
From: "Wendel Thornby" <W.Thornby@lanterns.example>
To: <${ADDRESS}>
Subject: =?utf-8?B?UmU6IFRoZSBsYW1wcyDigJMgSG9sbG93IExhbmU=?=
Date: Wed, 06 May 2026 15:02:11 +0100
Message-ID: <answer-1@lanterns.example>
In-Reply-To: ${LETTER_ID}
References: <older@lanterns.example>
 ${LETTER_ID}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Dear residents,

the lamps will be lit again on 1 June=2E I have asked for it =E2=80=93 in writing.

Wendel Thornby
`);

export const OUT_OF_OFFICE = eml(`
Return-Path: <>
From: Wendel Thornby <w.thornby@lanterns.example>
To: ${ADDRESS}
Subject: Automatic reply: The lamps
Date: Fri, 01 May 2026 11:00:09 +0100
Message-ID: <auto-1@lanterns.example>
In-Reply-To: ${LETTER_ID}
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: All
Content-Type: text/plain; charset=us-ascii

I am away until 11 May.
`);

export const HTML_ONLY = eml(`
From: w.thornby@lanterns.example
To: ${ADDRESS}
Subject: The lamps
Date: Wed, 06 May 2026 15:02:11 +0100
Content-Type: text/html; charset=utf-8

<html><head><style>p{color:red}</style><script>fetch("https://evil.example/run")</script></head>
<body onload="run()" background="https://evil.example/back.png"><p>The lamps will be <b>lit</b> again.</p>
<img src="https://evil.example/pixel.gif?who=you" width=1 height=1><img src="cid:crest" alt="Crest of Lanterns">
<a href="https://lanterns.example/minutes">See the minutes</a>
<iframe src="https://evil.example/frame"></iframe></body></html>
`);

export const TWO_FORMS = eml(`
From: w.thornby@lanterns.example
To: ${ADDRESS}
Subject: The lamps
Date: Wed, 06 May 2026 15:02:11 +0100
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain

Please see the other form of this mail.
--inner
Content-Type: text/html

<p>The lamps stay out.</p>
--inner--
--outer
Content-Type: application/zip; name="plan.zip"
Content-Disposition: attachment; filename="../../etc/plan.zip"
Content-Transfer-Encoding: base64

UEsDBAoAAAAAAAAAIQAAAAAAAAAAAAAAAAAFAAAAYm9tYgo=
--outer
Content-Type: message/rfc822

From: somebody@else.example
Subject: Within

A mail within a mail.
--outer--
`);

const report = (action: string, status: string, detail: string): Uint8Array =>
  eml(`
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.lanterns.example>
To: ${ADDRESS}
Subject: Delivery Status Notification
Date: Fri, 01 May 2026 11:00:00 +0100
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r
Content-Type: text/plain

What became of your letter.
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.lanterns.example
Original-Envelope-Id: +3Cletter-1.7q2k@ask.hollow.example+3E

Original-Recipient: rfc822;w.thornby@lanterns.example
Final-Recipient: rfc822; w.thornby@lanterns.example
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp;
 ${detail}

--r
Content-Type: text/rfc822-headers

From: ${ADDRESS}
Message-ID: ${LETTER_ID}
Subject: The lamps

--r--
`);

export const BOUNCED = report("failed", "5.1.1", "550 5.1.1 no such mailbox");
export const DELIVERED = report("delivered", "2.0.0", "250 2.0.0 kept");
export const DELAYED = report("delayed", "4.4.1", "no route to host");
export const RELAYED = report("relayed", "2.0.0", "250 sent on");
