/**
 * What stands in the place of a page's content, in the words sites use for it. Data only: each text is a regular
 * expression over one folded sentence (`foldWords`), matched from its beginning; `wall-statements.ts` reads them. `gone` is
 * two lists, a thing and what became of it, which one sentence has both of, in either order.
 */
interface Statements {
  /** Politeness and exclamations that may come first. */
  readonly lead: string;
  readonly login: readonly string[];
  readonly age: readonly string[];
  readonly captcha: readonly string[];
  readonly failed: readonly string[];
  readonly gone: readonly [thing: string, fate: string];
  readonly loading: string;
}

export const STATEMENTS: Readonly<Record<string, Statements>> = {
  en: {
    lead: "oops|oh no|uh[- ]oh|whoops|hmm+|sorry|we(?:'re| are) sorry|unfortunately|please|error|but|one moment|hold on|wait|hi|hello|whoa there|welcome(?: back)?|(?:error |http )*[45]\\d\\d(?: error)?",
    login: [
      "(?:you(?:'ll| will)?|visitors) (?:need|must have|require) (?:an?|to have an?|your) (?:free )?account (?:to|before|in order)\\b|(?:log|sign) ?in first$|(?:please )?(?:log|sign) ?in first$|(?:only )?members (?:get|are able) to (?:see|view|read)|you (?:need|have) to be (?:a |an )?(?:\\w+ )?(?:member|subscriber|follower)s? (?:to|before)|(?:this|the|these) .{0,30}(?:is|are) limited to (?:people|those|users) who follow|(?:you(?:'ll)? (?:must|need to|have to|are required to|should)(?: first)? |to .{2,60}, )?(?:please )?(?:be )?(?:(?:first )?(?:log|sign)(?:ged|ed)?[ -]?(?:in|on|up)|register|create (?:an?|your)(?: free)? (?:account|profile)|join|become a member)\\b.{0,60}\\b(?:to|before you can|in order to|and) (?:(?:see|view|read|watch|unlock|follow|proceed|open|keep|get|check|access)\\b|continue(?! the))",
      "to (?:see|view|read|watch|continue|access|open|unlock)\\b.{0,60}(?:log|sign) ?(?:in|on|up)|to (?:see|view|read|watch|continue|access|open|unlock)\\b.{0,40} (?:register|join|create an account)",
      "(?:this|the|these|that) .{0,40}\\b(?:post|page|content|account|thread|group|profile|topic|forum|board|area|section|community|tweet|photo|video)s?\\b.{0,20} (?:is|are) (?:now )?(?:only |just )?(?:visible|available|open|shown|accessible|reserved|private|protected|restricted|locked|for)\\b.{0,40}(?:member|registered|logged|signed|follower|friend|subscriber|account holder)s?",
      "(?:this|the|these) (?:account|profile|community|group|posts?|tweets?)(?:'s)?(?: posts)? (?:is|are) (?:private|protected|locked)",
      "(?:only|just) (?:registered|logged[- ]in|signed[- ]in|approved|confirmed|existing|members|followers|friends|subscribers)\\b.{0,40}(?:can|may|are able|have access)",
      "(?:you(?:'re| are) (?:not|no longer) |not )(?:currently )?(?:logged|signed) ?in",
      "(?:a )?(?:login|log[- ]in|sign[- ]in|authentication|registration|membership|account) (?:is )?(?:required|needed|necessary)",
      "(?:restricted|limited|open|visible|available) (?:only )?to (?:\\w+ )?(?:members|subscribers|followers|friends)|(?:members|subscribers|followers) only|for members only|your session (?:has )?(?:expired|ended|timed out)",
      "you (?:do not|don't) have (?:the )?permission to (?:view|see|access|read)",
      "(?:an? )?(?:free )?account is (?:all you need|required|needed)",
      "(?:(?:log|sign) ?(?:in|up)|join|subscribe|upgrade|become a \\w+)\\b.{0,40}\\bto (?:make the most|get the (?:most|best|full)|share|discover|enjoy|join|interact|connect|(?:see|view|read|watch|unlock|continue reading|keep reading)\\b)|(?:sign|log) ?in or (?:sign|log|join|register|create)|(?:sign|log) ?in if you",
      "(?:private|protected) (?:video|post|account|profile|community|group|channel)$|(?:this|the|these) .{0,80}\\bonly (?:to|for) (?:people|users|those)\\b.{0,20}(?:signed|logged|follow|member)|(?:this|the) (?:community|subreddit|forum|server) is (?:private|quarantined|restricted)|unlock (?:this|the) (?:post|content|story|article|video)|you(?:'re| are) unable to (?:view|see) this|already a (?:subscriber|member)",
      "enter your (?:phone|e-?mail|mobile|username)\\b.{0,40} to continue|you (?:do not|don't) have access to this",
    ],
    age: [
      "(?:this|the|these) .{0,40}(?:is|are) (?:not|un)[ -]?(?:suitable|appropriate|meant) for (?:under|minors|children|people under|anyone under|viewers under)|(?:you|visitors|viewers|users) (?:must|have to|need to|should) be (?:at least |over |aged |above )?(?:1[3-9]|2[01]|of legal|an adult)",
      "(?:are you|i am|i'm|confirm (?:that )?you(?:'re| are)|by entering.{0,40}you are) (?:at least|over|older than|above|of legal|an adult|1[3-9]|2[01])",
      "(?:this|the|these|that|it).{0,60}(?:age[- ]restricted|for adults|adults[- ]only|adult (?:content|material|audience)|1[68]\\s?\\+|over 18|18 (?:and|or) (?:over|older|above)|mature (?:audience|content)|under 18|inappropriate for (?:some|young))",
      "age[- ](?:restricted|(?:verification|check|gate|confirmation|limit)(?: (?:is )?(?:required|needed|necessary|page|in progress|failed))?$)|(?:adults|grown[- ]?ups|over[- ]18s?) only|(?:enter|continue|go on|proceed|come in) (?:only )?(?:if|when) (?:you|aged).{0,20}(?:eighteen|1[68]|21|of age|an adult)|(?:adult|mature) content (?:ahead|warning)",
      "(?:(?:sign|log) in to )?(?:please )?(?:confirm|verify|enter|prove|tell us|check|provide|select).{0,30}\\b(?:age|how old|date of birth|birth ?da(?:y|te)|year of birth)",
      "(?:how old are you|when were you born|what(?:'s| is) your (?:age|date of birth|birth ?da(?:y|te)))|we need to (?:check|confirm|verify|know) (?:your age|how old)",
      "this (?:post|video|photo|content) (?:may|might) not be (?:comfortable|suitable|appropriate) for",
    ],
    captcha: [
      "(?:please |we(?:'re| are| need to)? |let us |let's |help us |(?:log|sign) in to )?(?:verify|verifying|confirm|confirming|check|checking|prove|proving|make|making|show|tell us|ensure|ensuring)\\b.{0,20}\\b(?:you(?:'re| are)?|u r|it's (?:really )?you)\\b.{0,20}(?:human|robot|bot|real person|machine|person)",
      "are you (?:a |really |an )*(?:human|robot|bot|person)|(?:i'm|i am|i am not|i'm not) (?:not )?a (?:robot|human)|prove (?:that )?(?:your humanity|you)",
      "checking your (?:browser|connection)|your browser is being checked|just a moment",
      "(?:our systems? (?:have |has )?|we(?:'ve| have)? )?(?:detected|noticed|seen|received|found) (?:some )?(?:unusual|suspicious|automated|strange)|our systems? (?:think|believe|suspect)s?.{0,30}(?:bot|robot|automat)|(?:unusual|suspicious|automated) (?:traffic|activity|requests?)\\b",
      "(?:please )?(?:complete|solve|pass|finish).{0,30}(?:security check|captcha|puzzle|challenge|test below)",
      "(?:press|click|slide|drag|tap|tick|check|hold).{0,40}(?:verify|puzzle|human|robot|not a bot|machine|confirm)|(?:enter|type|copy) the (?:characters|letters|text|code|numbers) (?:you see|shown|below|in the (?:image|picture))|select all (?:images|squares|pictures)|security (?:check|verification)$",
      ".{0,60}\\bmade us think (?:that )?you .{0,12}(?:bot|robot)|pardon our interruption|.{1,60} needs to (?:review|check|verify) the security of",
    ],
    failed: [
      "(?:our|the) (?:servers?|services?|site) (?:is|are) (?:currently |temporarily )?(?:over(?:loaded|whelmed)|too busy)(?: \\S+){0,2}$|(?:please |or )?(?:try|check|come) (?:it |back |again ?)+(?:later|soon|shortly|in a|in \\d)|(?:we|it)(?:'ll| will) be (?:right )?back|try (?:that )?again$|try reloading",
      "(?:something|things) (?:went|has gone|have gone) wrong|(?:an?|some)? ?(?:unexpected |internal |unknown |server )*error (?:has |just )?(?:occurr?ed|happened)",
      "too many requests|(?:you(?:'ve| have) )?(?:hit|exceeded|reached) (?:the|your|our) (?:rate )?limit|rate limit|you(?:'re| are) (?:doing that|going) too (?:much|fast|often)|slow down",
      "(?:we(?:'re| are)|the (?:site|server|service)|this (?:site|service)|\\w+ is)(?: is)? (?:currently |temporarily )*(?:unavailable|down|offline|undergoing maintenance|under maintenance|over capacity)|(?:down for|scheduled|under) maintenance|service (?:is )?(?:temporarily )?unavailable",
      "(?:please )?(?:enable|turn on|activate|allow) javascript|javascript (?:is|must be|has been|seems to be) .{0,30}(?:disabled|required|enabled|available|off|needed)|(?:this|the|our) (?:site|page|app|website) (?:requires|needs) javascript|you need to enable javascript",
      "(?:your|this) browser (?:is|isn't) (?:not |no longer )?(?:supported|out of date|outdated|too old)|unsupported browser",
      "(?:this|the|our) (?:page|site|server|app|service) (?:is not|isn't|is no longer|has stopped|stopped) (?:working|responding|loading)|access (?:is |was |has been )?(?:denied|blocked|forbidden|restricted)|(?:you|your (?:ip|request|access|connection).{0,20}) (?:have|has|is|are|were|was) (?:been )?(?:blocked|banned|denied)|(?:internal server error|bad gateway|gateway time-?out|forbidden)$",
      "(?:we )?(?:couldn't|could not|can't|cannot|were unable to|unable to|failed to) (?:load|display|show|get|fetch|open|retrieve|complete) (?:this|the|your|that|it|right)",
      "you(?:'re| are|'ve been| have been) (?:being )?(?:temporarily |currently )?(?:blocked|banned|rate[- ]limited)|request unsuccessful|(?:enable|turn on|activate|allow) js\\b|(?:error )?establishing a database connection|fatal error$|uncaught \\w*(?:error|exception)|unavailable for legal reasons|we recogni[sz]e (?:that )?you are attempting to access this",
      "server error(?: \\(\\d+\\))?$|application error|we(?:'re| are) having (?:some )?trouble|you(?:'re| are) (?:sending|making) .{0,20}requests?\\b",
    ],
    gone: [
      "\\b(?:posts?|pages?|tweet|toot|video|photo|picture|content|comment|thread|topic|nothing|status|message|story|account|profile|user|member|channel|link|article|item|entry|discussion|url|address|resource|clip|reel|note|publication|file|community|subreddit|r/\\w+|that|what you)\\b",
      "\\b(?:isn't|is not|aren't|are not|not|no longer|never)\\b.{0,20}\\b(?:available|exists?|accessible|here|found|visible|viewable|live|online|there|with us|public|valid|active)\\b|\\b(?:doesn't|does not|don't|didn't) (?:seem to |appear to |even )?exist\\b|(?:^|(?:has|have|was|were|is|been|got|by|or|and|be|user) )(?:permanently |since |already )?(?:deleted|removed|taken (?:down|offline|away)|suspended|unavailable|withdrawn|hidden|made private|expired|banned|terminated|deactivated|erased|gone|broken|missing|withheld|unpublished|moved)\\b|\\b(?:could ?n't|could not|cannot|can't|unable to|can not|didn't|did not|failed to)\\b.{0,20}\\b(?:found|find|located?|reached|available)\\b|\\bunavailable\\b|\\blimits? who can\\b|\\bviolat(?:ed|es|ing)\\b.{0,40}\\b(?:rules|guidelines|terms|standards|policy|policies|laws?)\\b|\\b(?:can't|cannot|can not|couldn't) be (?:displayed|shown|viewed|played|accessed|opened)\\b|\\b(?:went|gone) missing\\b|\\b(?:accounts?|posts?|page|content|video|user|profile|tweet|comment|topic|thread|message|link) (?:deleted|removed|suspended|expired|withdrawn|gone|banned|deactivated|hidden)$|\\bno such\\b|\\bwandered off\\b|\\boff[- ]limits\\b|^invalid (?:post|page|thread|topic|link|user|url)\\b|\\bno (?:post|page|topic|video|content|user|profile|results?) (?:found|here|exists)\\b|there(?:'s| is) (?:nothing|no (?:such )?(?:post|page|topic|content))|\\bnothing (?:here|to see|found|\\w+ (?:at|under|behind) this)\\b|\\bhidden\\b.{0,20}\\bpublic\\b|\\bdead\\b",
    ],
    loading:
      "loading(?: (?:your |the |more |this )?(?:feed|page|posts?|content|thread|timeline|comments?|messages?|more))?|\\d{1,3} ?%|undefined|null|please wait|just a (?:sec|second|minute)|starting|one moment|fetching.{0,20}|connecting|initiali[sz]ing|hang on|preparing.{0,20}",
  },
  de: {
    lead: "hoppla|ups|huch|oh je|leider|entschuldigung|entschuldige|tut uns leid|es tut uns leid|sorry|bitte|fehler|schade|willkommen(?: zuruck)?|einen moment|moment",
    login: [
      "(?:bitte )?(?:erst |zuerst |jetzt |hier )?(?:einloggen|anmelden|registrieren)\\b.{0,20}\\b(?:um\\b|und (?:weiter|lesen|ansehen))|(?:du|sie) (?:benotigst|brauchst|benotigen|brauchen) (?:ein|erst ein) (?:\\w+ )?konto\\b|(?:zum|fur das) (?:lesen|ansehen|weiterlesen|fortfahren)\\b.{0,30}\\b(?:anmelden|einloggen|registrieren)|fur (?:diesen?|dieses|den|die) .{0,30}\\b(?:musst du|mussen sie)\\b.{0,20}(?:angemeldet|eingeloggt|registriert)|sie mussen sich (?:erst |zuerst )?(?:registrieren|anmelden|einloggen)\\b.{0,10}\\bum\\b|(?:bitte )?(?:melden? (?:sie )?(?:dich|sich)|logge? dich|loggen sie sich|registrieren? (?:sie )?(?:dich|sich)|erstellen? (?:sie )?(?:ein|dein|ihr) (?:\\w+ )?konto)\\b.{0,80}\\b(?:um|damit|bevor)\\b|(?:bitte )?(?:melden? (?:sie )?(?:dich|sich)|logge? dich|loggen sie sich)\\b.{0,20}\\b(?:an|ein)\\b",
      "(?:du musst|sie mussen|du sollst)\\b.{0,40}\\b(?:angemeldet|eingeloggt|registriert|anmelden|einloggen|mitglied)",
      "um .{2,80}(?:melden? (?:sie )?(?:dich|sich)|loggen? |anmelden|einloggen|musst du|mussen sie|registrieren|anmeldung)",
      "(?:dies\\w*|der|die|das) .{0,40}(?:nur|ausschliesslich|ausschließlich) (?:fur|von|mit)?.{0,30}(?:mitglieder|angemeldete|registrierte|eingeloggte|follower|abonnenten)",
      "nur (?:fur |mit )?(?:freunde|abonnenten|angemeldete|registrierte|mitglieder|eingeloggte|bestatigte|follower)",
      "(?:anmeldung|login|registrierung|konto) (?:ist )?(?:erforderlich|notig|notwendig)|(?:du bist|sie sind) nicht (?:angemeldet|eingeloggt)|dieses? (?:konto|profil) ist (?:privat|geschutzt)|nach (?:der )?anmeldung|erst anmelden|sie haben keine berechtigung|(?:diese|die) (?:posts|beitrage|tweets)(?: \\w+)? sind (?:geschutzt|privat)|(?:jetzt )?(?:weiterlesen|lesen) mit (?:\\S+ )?(?:abo|konto)|(?:bereits|schon) (?:abonnent|mitglied|registriert|abonniert)|abonnieren? (?:sie )?\\b.{0,40}\\bum ",
    ],
    age: [
      "(?:diese|die) (?:seite|webseite) (?:enthalt|zeigt) .{0,20}(?:fur erwachsene|ab 18)|wir mussen (?:dein|ihr) alter|(?:du musst|sie mussen|besucher mussen|zutritt|zugang).{0,40}(?:1[3-9]|2[01]|volljahrig)",
      "(?:bist du|sind sie|ich bin|bestatige|bestatigen sie).{0,40}(?:1[3-9] jahre|1[68]|volljahrig|dein alter|ihr alter|mein alter)",
      "(?:dies\\w*|der|die|das) .{0,60}(?:ab 1[68]|altersbeschrank|jugendschutz|nur fur erwachsene|unter 1[68]|nicht fur (?:kinder|minderjahrige|jugendliche))|alters(?:prufung|verifi|beschrank|freigabe|abfrage|nachweis|kontrolle)|nur fur erwachsene|(?:gib|geben sie) .{0,20}(?:geburts|alter)|(?:wie alt (?:bist|sind)|wann (?:bist|sind) (?:du|sie) geboren)|ab 18 jahren",
    ],
    captcha: [
      "(?:bist du|sind sie) (?:wirklich )?(?:ein )?(?:mensch|roboter|bot)|ich bin kein (?:roboter|bot)|ich bin ein mensch",
      ".{0,40}(?:dass|ob) (?:du|sie|ihr|hier) .{0,20}(?:mensch|roboter|bot|maschine)|(?:dein|ihr) browser wird (?:gepruft|uberpruft)|wir (?:uberprufen|prufen) (?:deinen|ihren) (?:browser|zugang)|ungewohnliche[rn]? (?:datenverkehr|zugriffe|aktivitat\\w*|anfragen)|(?:wir haben|unser\\w* system\\w*) .{0,40}(?:ungewohnlich|verdachtig|automatisiert)|sicherheits(?:prufung|uberprufung|abfrage)|(?:lose|losen sie).{0,30}(?:captcha|ratsel|aufgabe|puzzle)|gib die zeichen|geben sie die (?:zeichen|buchstaben)",
    ],
    failed: [
      "hier ist etwas (?:schief|falsch)|(?:unsere|die) server sind (?:\\w+ )?(?:uberlastet|ausgelastet)(?: \\S+){0,2}$|(?:bitte )?versuchen? (?:du |sie )?(?:es )?in (?:ein paar|einigen|wenigen) (?:minuten|augenblicken|stunden)|versuche? (?:sie )?(?:es )?(?:bitte )?(?:spater|noch|erneut|gleich)",
      "(?:da |hier |irgend)?(?:et)?was ist (?:da |hier |leider )?(?:schief|falsch)|(?:ein|es ist ein) (?:\\w+ )?fehler (?:ist )?(?:auf|passiert)|zu viele (?:anfragen|zugriffe)|(?:die|diese|unsere|wir) .{0,30}(?:wartung|gewartet|uberlastet|nicht erreichbar|voruber\\w+ nicht)|wartungsarbeiten|(?:bitte )?(?:aktiviere|aktivieren sie|schalte)\\b.{0,20}javascript|javascript ist|(?:dein|ihr|dieser) browser (?:wird|ist) (?:nicht|leider|zu|veraltet)|zugriff (?:wurde )?(?:verweigert|gesperrt|blockiert)|.{0,30}konnten? (?:gerade |leider )?nicht geladen|(?:du wurdest|sie wurden|du bist|sie sind) (?:vorubergehend|zeitweise|derzeit|momentan) (?:blockiert|gesperrt)",
    ],
    gone: [
      "\\b(?:beitrag\\w*|seite|inhalt\\w*|post(?:ing)?|tweet|video|foto|bild|kommentar|thread|thema|konto|account\\S*|profil|nutzer\\w*|benutzer\\w*|kanal|link|artikel|adresse|eintrag|meldung|nachricht|status|story|angebot)\\b",
      "\\b(?:auf privat gestellt|(?:ist|sind) (?:jetzt |nun )privat)\\b|\\b(?:nicht|nie)\\b.{0,20}\\b(?:verfugbar|vorhanden|gefunden|existiert|existieren|abrufbar|erreichbar|auffindbar|sichtbar|finden|da|gibt)\\b|\\bexistiert (?:leider )?nicht|\\b(?:geloscht|entfernt|gesperrt|zuruckgezogen|deaktiviert|gelöscht|verschwunden|unauffindbar|abgelaufen|suspendiert|weg)\\b|gibt es (?:leider |hier )?(?:nicht|keine?n?)|nicht mehr|\\bkeine?n? (?:beitrag|seite|inhalt)\\b|\\bversto(?:ss|ß|sst|ßt|ssen|ßen) gegen\\b|\\bverstie(?:ss|ß) gegen\\b|\\bnicht (?:angezeigt|aufgerufen|geoffnet)\\b|\\bbeschrankt, wer\\b",
    ],
    loading:
      "(?:wird |seite wird |inhalte? (?:wird|werden) )?(?:ge)?laden?|ladt|bitte warten|einen (?:augenblick|moment)|wird geladen|lade.{0,20}",
  },
  fr: {
    lead: "oups|desolee?s?|nous sommes desoles|helas|malheureusement|erreur|pardon|bienvenue|veuillez|bonjour|un instant|merci de",
    login: [
      "un compte est (?:necessaire|requis|obligatoire)|il faut (?:etre |un |avoir )?(?:un )?(?:abonne|inscrit|connecte|membre|compte)e?s? (?:pour|afin)|ce profil est (?:prive|protege)|(?:veuillez |merci de )?(?:vous )?(?:connectez[- ]vous|connecte[- ]toi|(?:vous |te )?(?:connecter|identifier|inscrire)|identifiez[- ]vous|inscrivez[- ]vous|inscris[- ]toi|creez (?:un|votre) compte|rejoignez).{0,60}(?:\\bpour\\b|\\bafin\\b|\\bavant\\b)",
      "(?:vous devez|tu dois|il faut|il est necessaire).{0,30}(?:connecte|connecter|identifie|inscri|membre|compte)",
      "(?:pour|afin de) .{2,80}(?:connectez|connecter|connecte|identifi|inscri|creez un compte)",
      "(?:ce|cet|cette|ces|le|la|les)\\b.{0,50}(?:reserve|accessible|visible|limite)\\w*.{0,30}(?:membres|inscrits|abonnes|connectes|utilisateurs)|reserve\\w* aux (?:membres|abonnes|inscrits)|(?:connexion|inscription|authentification) (?:requise|necessaire|obligatoire)|ce compte est (?:prive|protege)|vous n'etes pas connecte|(?:visible|reserve|accessible) (?:uniquement|seulement)?.{0,15}(?:membres|amis|abonnes|inscrits)|seuls les .{0,40}(?:membres|amis|inscrits|connectes|abonnes)|connectez[- ]vous$|(?:ces|ce|cette|les) (?:posts?|tweets?|publications?|contenus?) (?:sont|est) (?:proteg|prive)|seuls les (?:followers|contacts|personnes)|abonnez[- ]vous (?:pour|afin)|deja abonnee?s?$",
    ],
    age: [
      "contenus? reservee?s? aux (?:adultes|majeurs|personnes majeures)|nous devons (?:verifier|confirmer|connaitre) (?:votre|ton) age|(?:vous devez|tu dois|il faut).{0,30}(?:1[3-9] ans|majeur)|(?:avez[- ]vous|as[- ]tu|etes[- ]vous|j'ai|je suis|es[- ]tu).{0,30}(?:1[3-9] ans|majeur)|(?:ce|cet|cette|ces)\\b.{0,60}(?:moins de 1[68]|adultes|majeurs?|limite d'age|1[68] ans|restriction d'age)|(?:verification|limite|restriction|controle|confirmation) (?:de (?:l'|votre ))?(?:d')?age|(?:reserve\\w*|interdit) (?:aux )?(?:adultes|majeurs|moins|personnes majeures)|(?:confirmez|verifiez|indiquez|saisissez|entrez).{0,20}(?:votre age|date de naissance|annee de naissance|que vous (?:avez|etes) .{0,10}(?:1[68]|majeur))|quel(?:le)? (?:est votre|age)|contenu pour adultes|.{0,60}\\bpublic averti|en entrant.{0,60}(?:1[68] ans|majeur)",
    ],
    captcha: [
      "(?:veuillez )?(?:resoudre|completer) (?:le|ce) (?:captcha|puzzle|defi)|(?:etes[- ]vous|es[- ]tu) (?:un |une |bien )*(?:humain|robot|personne)|je ne suis pas un robot|je suis (?:un )?humain|.{0,50}que vous (?:n'etes pas|etes)(?: bien)? (?:un |une )?(?:robot|humain|personne|machine)|(?:verification|controle) (?:de securite|de votre navigateur|que vous)|(?:trafic|activite|requetes) (?:inhabituel|suspect|inhabituelle|suspecte)|nous avons (?:detecte|remarque).{0,30}(?:inhabituel|suspect|automati)|(?:resolvez|completez|faites glisser|cochez).{0,40}(?:captcha|puzzle|defi|case|verification)|saisissez les (?:caracteres|lettres)",
    ],
    failed: [
      "(?:nos|les) serveurs sont (?:\\w+ )?(?:surcharges|satures|occupes)(?: \\S+){0,2}$|(?:veuillez )?reessaye[rz]",
      "(?:quelque chose (?:s'est mal passe|a mal tourne|ne va pas|n'a pas fonctionne)|une erreur (?:\\w+ )?(?:est survenue|s'est produite|inattendue)|un probleme est survenu|trop de (?:requetes|demandes)|(?:le|ce|notre) (?:site|service).{0,20}(?:maintenance|indisponible)|en (?:cours de )?maintenance|(?:veuillez )?active[rz].{0,10}javascript|javascript est|votre navigateur (?:n'est|est)|acces (?:refuse|interdit|bloque)(?! aux?\\b)|impossible de charger)|vous (?:etes|avez ete) (?:temporairement|momentanement) bloque",
    ],
    gone: [
      "\\b(?:ce que vous (?:cherchez|cherchiez)|publication|page|contenu|tweet|post|message|video|photo|commentaire|sujet|discussion|compte|profil|utilisateur|chaine|lien|article|adresse|statut|billet|element|fil)\\b",
      "\\bnous ne (?:trouvons|retrouvons)\\b.{0,10}\\b(?:pas|plus)\\b|\\b(?:est |sont )?(?:devenue?s?|passee?s? en) privee?s?\\b|\\b(?:n'existe|n'existent|n'apparait)\\b.{0,10}\\b(?:plus|pas)\\b|\\b(?:n'est|n'a|n'ont|ne sont|n'etait)\\b.{0,30}\\b(?:disponibles?|accessibles?|trouvee?s?|visibles?|ligne|consultables?)\\b|\\b(?:supprimee?s?|retiree?s?|effacee?s?|introuvables?|indisponibles?|suspendue?s?|desactivee?s?|inexistante?s?|disparue?|expiree?)\\b|\\b(?:impossible|pas) (?:de )?trouve[re]?\\b|aucune? (?:publication|page|contenu|sujet)",
    ],
    loading: "chargement.{0,20}|(?:veuillez )?patienter|patientez.{0,20}|un instant|en cours de chargement",
  },
  es: {
    lead: "ups|vaya|ay|lo sentimos|lo siento|perdon|disculpa|error|lamentablemente|por favor|bienvenid[oa]|un momento|oh no",
    login: [
      "se requiere (?:iniciar sesion|una cuenta|registr)|(?:por favor,? )?(?:inicia(?:r)? sesion|inicie sesion|accede|identificate|registrate|registrese|conectate|entra|crea (?:una|tu) cuenta|unete|ingresa|debes? .{0,20}(?:iniciar|identific|registr|ingresar|acceder)|(?:tienes|tiene|necesitas|necesita) (?:que )?(?:iniciar|registr|estar|una cuenta)|hay que (?:iniciar|registr)).{0,60}\\b(?:para|antes de|y (?:sigue|continua))",
      "(?:debes|debe|tienes que|tiene que|necesitas|necesita|hay que).{0,30}(?:iniciar sesion|registr|identific|conectad|una cuenta|haber iniciado)",
      "para .{2,80}(?:inicia|inicie|registr|identific|debes|crea una cuenta|acced|tener una cuenta)",
      "(?:este|esta|estos|estas|el|la|los|contenido|pagina|publicacion|perfil|tema|foro)\\b.{0,50}(?:solo|solamente|unicamente|reservad|exclusiv)\\w*.{0,30}(?:miembros|amigos|registrad|suscriptores|seguidores|usuarios)|solo (?:los |para )?(?:miembros|usuarios registrados|registrados|seguidores)|(?:esta cuenta|este perfil) es privad|no has iniciado sesion|(?:registro|inicio de sesion) (?:obligatorio|necesario|requerido)|estas publicaciones estan protegidas|(?:estos|los) (?:posts|tuits|mensajes) estan protegid|suscribete.{0,40}\\bpara (?:leer|seguir|ver|continuar)|(?:ya eres|eres) suscriptor",
    ],
    age: [
      "(?:tenemos que|necesitamos|debemos) (?:verificar|comprobar|confirmar) (?:tu|su) edad|contenido no (?:apto|adecuado) para (?:menores|ninos)|(?:debes|debe|tienes que|tienes|tiene|hay que)\\b.{0,30}(?:1[3-9] anos|mayor)|(?:eres|es usted|soy|tengo|confirma que).{0,20}(?:mayor|1[68])|(?:este|esta|estos|el)\\b.{0,60}(?:menores|adultos|mayores|restriccion de edad|1[68] anos)|(?:verificacion|restriccion|control|confirmacion|comprobacion) (?:de )?(?:la )?edad|solo (?:para )?(?:adultos|mayores)|(?:confirma|verifica|introduce|indica|ingresa|confirme|verifique).{0,20}(?:tu edad|su edad|fecha de nacimiento|ano de nacimiento|mayor)|(?:cuantos anos tienes|que edad tienes)|contenido para adultos",
    ],
    captcha: [
      "estamos (?:comprobando|verificando) (?:tu|su) (?:navegador|conexion)|(?:eres|es usted) (?:un |una |realmente )*(?:human|robot|persona)|no soy un robot|soy human|.{0,50}que (?:no )?eres (?:un |una )?(?:human|robot|persona|maquina)|.{0,40}que (?:no )?es (?:usted )?(?:un |una )?(?:human|robot|persona)|(?:comprobando|verificando|comprobacion|verificacion).{0,20}(?:navegador|seguridad)|(?:trafico|actividad) (?:inusual|sospechos)|(?:hemos )?detectado.{0,30}(?:inusual|sospechos|automatiz)|(?:resuelve|completa|desliza).{0,40}(?:captcha|rompecabezas|desafio|prueba|verificacion)|(?:escribe|introduce) los caracteres",
    ],
    failed: [
      "(?:nuestros|los) servidores estan (?:\\w+ )?(?:saturados|sobrecargados|ocupados)(?: \\S+){0,2}$|(?:por favor,? )?(?:intentalo|intentelo|intenta|intente|vuelve a intentar|prueba) .{0,15}(?:nuevo|vez|tarde|mas)",
      "(?:algo (?:ha ido|salio|ha salido|fue|va) mal|se (?:ha )?produ(?:jo|cido) un error|ha ocurrido un error|ocurrio un (?:error|problema)|hubo un (?:error|problema)|demasiadas (?:solicitudes|peticiones)|(?:el|este|nuestro) (?:sitio|servicio).{0,20}(?:mantenimiento|no (?:esta )?disponible)|en mantenimiento|(?:activa|habilita|active|habilite).{0,10}javascript|javascript esta|tu navegador (?:no|esta)|su navegador (?:no|esta)|acceso (?:denegado|bloqueado|prohibido)|no (?:se )?(?:pudo|pudimos|podemos|ha podido) cargar)|se te (?:ha )?bloque\\w+|(?:estas|has sido) bloquead[oa] temporalmente",
    ],
    gone: [
      "\\b(?:publicacion|pagina|contenido|lo que (?:buscas|busca|buscabas)|tuit|tweet|post|mensaje|video|foto|comentario|tema|hilo|cuenta|perfil|usuario|canal|enlace|articulo|direccion|entrada|estado|historia)\\b",
      "\\b(?:ahora es|se hizo|ha pasado a ser) privad[oa]\\b|\\b(?:no|ya no)\\b.{0,30}\\b(?:disponibles?|existe|existen|encontrad[oa]s?|encontro|encuentra|encontrar|encontramos|accesible|visible|aqui)\\b|\\b(?:eliminad[oa]s?|borrad[oa]s?|retirad[oa]s?|suspendid[oa]s?|desactivad[oa]|inexistente|caducad[oa]|desaparecid[oa]|elimino|borro)\\b|\\bno hay (?:ningun|nada)",
    ],
    loading: "cargando.{0,20}|espera(?:,? por favor)?|por favor,? espere?|espere.{0,20}|un momento",
  },
  it: {
    lead: "ops|oops|spiacenti|ci dispiace|siamo spiacenti|purtroppo|errore|scusa|per favore|attenzione|benvenut[oa]|accidenti",
    login: [
      "(?:accedi|effettua l'accesso|esegui (?:il login|l'accesso)|fai (?:il )?login|registrati|iscriviti|crea (?:un|il tuo) account|unisciti|effettuare (?:il login|l'accesso)|accedere|entra).{0,60}\\b(?:per|prima di|e continua)\\b",
      "(?:devi|e necessario|bisogna|occorre|dovete|deve).{0,30}(?:acced|effettua|registra|iscri|autentica|login|loggat)|per .{2,80}(?:accedi|acced|registra|iscri|devi|effettua|login)|(?:quest[oaie]|il|la|i|le|contenut[oi]|pagina|post|profilo)\\b.{0,50}(?:solo|riservat|esclusiv)\\w*.{0,30}(?:membri|iscritti|registrati|abbonati|utenti)|solo (?:gli|i|per) .{0,20}(?:membri|iscritti|registrati|utenti)|riservat\\w (?:ai|agli) (?:membri|iscritti|utenti)|quest[oa] (?:account|profilo) e privato|(?:accesso|login|registrazione) (?:richiest|necessari|obbligatori)\\w|non hai effettuato l'accesso|quest[ei] (?:post|pubblicazioni|contenuti) (?:sono|e) protett|abbonati.{0,40}\\bper (?:leggere|continuare|vedere)|(?:sei )?gia abbonat[oa]",
    ],
    age: [
      "(?:devi|bisogna|occorre).{0,30}(?:1[3-9] anni|maggiorenn)|(?:hai|sei|ho|sono|confermi|confermo).{0,30}(?:1[68] anni|maggiorenn)|quest[oaie]\\b.{0,60}(?:minori|adulti|maggiorenni|limiti? di eta|1[68] anni)|(?:verifica|conferma|limite|restrizione|controllo) (?:dell'|di |d')?eta|(?:solo )?(?:per|riservat\\w a) (?:adulti|maggiorenni)|solo (?:per )?(?:adulti|maggiorenni)|(?:conferma|verifica|inserisci|indica).{0,20}(?:la tua eta|data di nascita|di avere|anno di nascita)|quanti anni hai|contenuti? per adulti|vietato ai minori",
    ],
    captcha: [
      "sei (?:un |una |davvero )*(?:uman|robot|persona)|non sono un robot|sono umano|.{0,50}(?:di essere|che (?:tu )?(?:non )?(?:sei|sia)|di non essere) (?:un |una )?(?:essere )?(?:uman|robot|persona)|(?:controllo|verifica) (?:del browser|di sicurezza)|stiamo (?:controllando|verificando)|(?:traffico|attivita) (?:insolit|sospett|anomal)|abbiamo (?:rilevato|notato).{0,30}(?:insolit|sospett|anomal|automatizz)|(?:risolvi|completa|trascina).{0,40}(?:captcha|puzzle|sfida|verifica)|(?:scrivi|inserisci|digita) i caratteri",
    ],
    failed: [
      "riprova",
      "(?:qualcosa e andato storto|si e verificato un (?:errore|problema)|c'e stato un (?:errore|problema)|troppe richieste|(?:il|questo|nostro) (?:sito|servizio).{0,20}(?:manutenzione|non (?:e )?disponibile)|in manutenzione|(?:attiva|abilita).{0,10}javascript|javascript e|il tuo browser (?:non|e)|accesso (?:negato|bloccato|vietato)|impossibile caricare|non (?:e stato )?possibile caricare)|sei stat[oa] (?:temporaneamente )?bloccat[oa]",
    ],
    gone: [
      "\\b(?:post|pagina|contenuto|contenuti|tweet|messaggio|video|foto|commento|discussione|argomento|account|profilo|utente|canale|link|articolo|indirizzo|pubblicazione|storia)\\b",
      "\\bnon\\b.{0,30}\\b(?:disponibil[ei]|esiste|esistono|trovat[oa]|accessibil[ei]|visibil[ei]|piu|trovare|online)\\b|\\b(?:eliminat[oa]|rimoss[oa]|cancellat[oa]|sospes[oa]|disattivat[oa]|inesistente|introvabile|scadut[oa]|sparit[oa])\\b|nessun(?:a)? (?:post|pagina|contenuto|discussione)",
    ],
    loading: "caricamento.{0,20}|attendere.{0,20}|attendi.{0,20}|un attimo|un momento",
  },
  pt: {
    lead: "ops|opa|desculpe|desculpa|lamentamos|infelizmente|erro|por favor|bem-vind[oa]|pedimos desculpa|ah nao|um momento",
    login: [
      "(?:faca|fazer|efetue|inicie?|iniciar|inicia|entre|entra|cadastre-se|registe-se|registre-se|regista-te|inscreva-se|crie (?:uma|sua|a sua) conta|conecte-se|acesse|junte-se).{0,60}\\b(?:para|antes de|e continue)\\b",
      "(?:voce (?:precisa|deve|tem)|precisa|e (?:preciso|necessario)|deve|tem de|tem que|tens de).{0,30}(?:login|entrar|conectad|registr|regist|cadastr|sessao|uma conta|autentic)|para .{2,80}(?:faca|entre|inicie|cadastr|regist|login|crie uma conta)|(?:este|esta|estes|o|a|conteudo|pagina|publicacao|perfil)\\b.{0,50}(?:apenas|so|somente|restrit|exclusiv|reservad)\\w*.{0,30}(?:membros|registad|registrad|cadastrad|assinantes|utilizadores|usuarios)|(?:apenas|so|somente) .{0,20}(?:membros|registad|cadastrad|seguidores|utilizadores|usuarios)|esta conta e privada|este perfil e privado|(?:login|inicio de sessao|cadastro) (?:necessario|obrigatorio)|voce nao esta (?:conectad|logad)|exclusivo para membros|(?:estes?|estas?|os) (?:posts?|publicacoes|tweets) (?:estao|sao) protegid|assine.{0,40}\\bpara (?:ler|continuar|ver)|ja (?:e|sou) assinante",
    ],
    age: [
      "(?:voce (?:precisa|deve)|deve|precisa|tem de|tens de|e preciso).{0,30}(?:1[3-9] anos|maior)|(?:voce tem|tens|tem|tenho|sou|e|confirm\\w+ que).{0,20}(?:maior de|mais de 1|1[68] anos)|(?:este|esta|estes)\\b.{0,60}(?:menores|adultos|maiores|restricao (?:de idade|etaria)|1[68] anos)|(?:verificacao|restricao|confirmacao|controlo) (?:de |da )?(?:idade|etaria)|(?:so|apenas|somente) (?:para )?(?:adultos|maiores)|(?:confirme|verifique|insira|indique|introduza|confirma|informe).{0,20}(?:a sua idade|sua idade|a tua idade|data de nascimento|ano de nascimento)|(?:quantos anos (?:voce )?tem|qual (?:e )?a sua idade)|conteudo (?:para )?adulto",
    ],
    captcha: [
      "(?:voce e|es|e) (?:um |uma |mesmo )*(?:human|robo|pessoa)|(?:eu )?nao sou um robo|.{0,50}que (?:voce )?(?:nao )?(?:e|es) (?:um |uma )?(?:ser )?(?:human|robo|pessoa)|(?:verificando|verificacao|a verificar).{0,20}(?:navegador|seguranca|browser)|(?:trafego|atividade) (?:incomum|suspeit|invulgar)|(?:detectamos|detetamos|detetado|detectado).{0,30}(?:incomum|suspeit|invulgar|automatiz)|(?:resolva|complete|arraste|deslize).{0,40}(?:captcha|quebra-cabeca|desafio|puzzle|verificacao)|(?:digite|introduza) os caracteres",
    ],
    failed: [
      "tent[ea] (?:novamente|de novo|mais tarde|outra vez)",
      "(?:algo (?:deu|correu) (?:errado|mal)|ocorreu um (?:erro|problema)|houve um (?:erro|problema)|(?:muitas|demasiad[oa]s) (?:solicitacoes|pedidos|requisicoes)|(?:o|este|nosso) (?:site|servico).{0,20}(?:manutencao|indisponivel)|em manutencao|(?:ative|habilite).{0,12}javascript|(?:o )?javascript (?:esta|e)|(?:o )?seu navegador (?:nao|esta)|acesso (?:negado|bloqueado|recusado)|nao foi possivel carregar)|voce (?:esta|foi) (?:temporariamente )?bloquead[oa]",
    ],
    gone: [
      "\\b(?:publicacao|pagina|conteudo|tweet|post|postagem|mensagem|video|foto|comentario|topico|conta|perfil|usuario|utilizador|canal|link|ligacao|artigo|endereco|historia)\\b",
      "\\bnao\\b.{0,30}\\b(?:disponive(?:l|is)|existe|existem|encontrad[oa]s?|encontramos|encontrar|acessivel|visivel|mais)\\b|\\b(?:excluid[oa]s?|removid[oa]s?|apagad[oa]s?|eliminad[oa]s?|suspens[oa]|desativad[oa]|indisponive(?:l|is)|inexistente|deletad[oa]|expirad[oa])\\b|nenhuma? (?:publicacao|pagina|conteudo|topico)",
    ],
    loading: "(?:a )?carrega(?:ndo|r).{0,20}|aguarde.{0,20}|por favor,? aguarde|um momento",
  },
  nl: {
    lead: "oeps|sorry|helaas|het spijt ons|fout|alsjeblieft|alstublieft|welkom(?: terug)?|let op|een moment",
    login: [
      "(?:log in|meld je aan|meld u aan|registreer(?: je| u)?|maak een (?:gratis )?account|word lid|schrijf je in|inloggen|aanmelden).{0,60}\\b(?:om|voordat|en ga)\\b|(?:je moet|u moet|u dient|je dient).{0,40}(?:ingelogd|inloggen|aangemeld|aanmelden|lid|registreren|account)|om .{2,80}(?:inloggen|log (?:je )?in|ingelogd|aanmelden|meld je|registreren|account)|(?:dit|deze|dat|het|bericht|inhoud)\\b.{0,50}alleen.{0,30}(?:leden|ingelogde|geregistreerde|volgers|abonnees)|alleen (?:zichtbaar )?(?:voor )?(?:leden|vrienden|ingelogde|geregistreerde|volgers)|(?:dit account|dit profiel|deze groep) is (?:prive|besloten|beschermd)|je bent niet (?:ingelogd|aangemeld)|(?:inloggen|aanmelding|registratie) (?:is )?(?:vereist|nodig|verplicht)|deze (?:posts|berichten|tweets) zijn (?:beschermd|afgeschermd)|abonneer je.{0,40}\\bom ",
    ],
    age: [
      "(?:je moet|u moet|bezoekers moeten).{0,30}(?:1[3-9]|volwassen|meerderjarig)|(?:ben je|bent u|ik ben|bevestig).{0,30}(?:1[68]|meerderjarig|je leeftijd|uw leeftijd)|(?:dit|deze)\\b.{0,60}(?:leeftijd|volwassenen|1[68] jaar|minderjarigen|18\\+)|leeftijds(?:controle|verificatie|grens|beperking|check)|alleen voor volwassenen|(?:voer|vul).{0,20}(?:leeftijd|geboorte)|hoe oud ben",
    ],
    captcha: [
      "(?:ben je|bent u) (?:een |wel een )*(?:mens|robot)|ik ben geen robot|ik ben een mens|.{0,50}(?:dat|of) (?:je|u) (?:een |geen )*(?:mens|robot|bot)|(?:je|uw) browser wordt gecontroleerd|ongebruikelijk(?:e)? (?:verkeer|activiteit)|we hebben .{0,30}(?:ongebruikelijk|verdacht|geautomatiseerd)|(?:los|voltooi).{0,40}(?:captcha|puzzel|controle)|beveiligingscontrole|typ de (?:tekens|letters)",
    ],
    failed: [
      "probeer (?:het )?(?:later|opnieuw|nog)",
      "(?:er (?:is|ging|ging er) (?:iets|een fout)|er is (?:een )?(?:fout|probleem)|iets (?:ging|is)).{0,30}(?:mis|fout|opgetreden|gegaan)|te veel (?:verzoeken|aanvragen)|(?:de|deze|onze) (?:site|dienst|website).{0,20}(?:onderhoud|niet (?:bereikbaar|beschikbaar))|(?:schakel|zet) javascript|javascript is|je browser wordt niet|toegang (?:geweigerd|geblokkeerd)|.{0,30}kon(?:den)? niet (?:worden )?geladen",
    ],
    gone: [
      "\\b(?:bericht|pagina|inhoud|content|tweet|post|video|foto|reactie|onderwerp|account|profiel|gebruiker|kanaal|link|artikel|adres|discussie)\\b",
      "\\b(?:niet|nooit)\\b.{0,20}\\b(?:beschikbaar|bestaat|bestaan|gevonden|vinden|toegankelijk|zichtbaar|meer|bereikbaar)\\b|bestaat niet|niet meer|\\b(?:verwijderd|gewist|opgeschort|geschorst|geblokkeerd|verdwenen|onvindbaar|verlopen)\\b|geen (?:bericht|pagina|onderwerp)",
    ],
    loading: "laden.{0,20}|bezig met laden|(?:even geduld|een ogenblik).{0,20}|wacht.{0,20}",
  },
  pl: {
    lead: "ups|ojej|oj|przepraszamy|przykro nam|niestety|blad|prosimy|prosze|witaj|uwaga|chwileczke",
    login: [
      "(?:zaloguj sie|zarejestruj sie|utworz konto|zaloz konto|dolacz|zalogowac sie).{0,60}(?:aby|zeby|by |,|i )|(?:musisz|nalezy|trzeba|wymagane jest|konieczne jest|prosimy).{0,30}(?:zalogow|zarejestr|konto|zalogowan)|(?:aby|zeby|by) .{2,80}(?:zaloguj|zalogow|zarejestr|konto)|(?:ten|ta|to|te)\\b.{0,50}(?:tylko|wylacznie|jedynie).{0,30}(?:czlonk|zalogowan|zarejestrowan|obserwuj|uzytkownik)|tylko (?:dla )?(?:zalogowan|czlonk|zarejestrowan)|(?:to konto|ten profil) jest prywatn|nie jestes zalogowan|(?:logowanie|wymagane) .{0,20}(?:wymagane|logowanie)",
    ],
    age: [
      "(?:musisz|trzeba|nalezy).{0,30}(?:1[3-9] lat|pelnolet)|(?:czy (?:masz|ukonczy|jestes)|mam|mam ukonczone|potwierdz).{0,40}(?:1[68]|pelnolet|swoj wiek|wiek)|(?:ten|ta|to|te)\\b.{0,60}(?:doroslych|pelnoletn|1[68] (?:lat|roku)|nieletni|ograniczeni\\w+ wiek)|(?:weryfikacja|ograniczenie|potwierdzenie|sprawdzenie) wieku|tylko dla (?:doroslych|pelnoletnich)|(?:podaj|wpisz).{0,20}(?:wiek|date urodzenia|rok urodzenia)|ile masz lat",
    ],
    captcha: [
      "czy jestes (?:czlowiekiem|robotem)|nie jestem robotem|jestem czlowiekiem|.{0,50}(?:ze|czy) (?:nie )?jestes (?:czlowiekiem|robotem|botem)|sprawdzamy (?:twoja )?przegladark|(?:nietypow|podejrzan|niezwykl)\\w+ (?:ruch|aktywnosc)|wykryl\\w+ .{0,30}(?:nietypow|podejrzan|automaty)|(?:rozwiaz|uloz|przesun).{0,40}(?:captcha|puzzle|zagadk|weryfikac)|(?:wpisz|przepisz) znaki|kontrola bezpieczenstwa",
    ],
    failed: [
      "sprobuj (?:ponownie|pozniej|jeszcze)|cos sie (?:zepsulo|popsulo|stalo)",
      "cos poszlo nie tak|(?:wystapil|pojawil sie) (?:\\w+ )?(?:blad|problem)|zbyt wiele (?:zadan|zapytan|prob)|(?:strona|serwis|usluga|nasza strona).{0,30}(?:konserwac|niedostepn|przerwa techniczna)|przerwa techniczna|(?:wlacz|prosze wlaczyc) (?:obsluge )?javascript|javascript jest|twoja przegladarka|dostep (?:zabroniony|zablokowany|odmowiony)|odmowa dostepu|nie (?:udalo sie|mozna) (?:za|w)?(?:ladowac|czytac)",
    ],
    gone: [
      "(?:^|[\\s,])(?:post|wpis|wpisu|posta|strona|strony|tresc|tresci|tweet|film|wideo|zdjecie|komentarz|watek|temat|konto|konta|profil|uzytkownik|kanal|link|artykul|adres|material|wiadomosc|zawartosc)(?=$|[\\s,.])",
      "\\bnie\\b.{0,30}(?:dostepn|istnieje|istnieja|znalez|odnalez|ma |widoczn|mozna)|(?:usunie|skasowan|zawieszon|niedostepn|wygas|zablokowan|zdjet)|juz nie",
    ],
    loading: "(?:trwa )?(?:ladowanie|wczytywanie).{0,20}|prosze czekac|czekaj.{0,10}",
  },
  ru: {
    lead: "ой|упс|увы|извините|простите|к сожалению|ошибка|пожалуйста|приносим извинения|добро пожаловать|внимание|сожалеем|минутку",
    login: [
      "(?:войдите|авторизуйтесь|зарегистрируйтесь|создайте (?:аккаунт|учетную запись)|войти|вступите|присоединяйтесь|необходимо (?:войти|авторизоваться|зарегистрироваться)|требуется (?:вход|авторизация|регистрация)|вам (?:нужно|необходимо|надо) (?:войти|авторизоваться|зарегистрироваться)|(?:нужно|надо) (?:войти|авторизоваться)|вы должны (?:войти|быть|авторизоваться|зарегистрироваться))|чтобы .{2,80}(?:войдите|авториз|зарегистр|войти|аккаунт)|для (?:просмотра|доступа|продолжения|чтения).{0,50}(?:войдите|войти|авториз|зарегистр|вход)|(?:эт|данн|стран|запис|публикац)\\S*.{0,50}(?:только|лишь).{0,30}(?:участник|зарегистрирован|авторизован|подписчик|друзья|членам|пользовател)|только (?:для )?(?:зарегистрирован|авторизован|участник|подписчик)|(?:эт\\S+ )?(?:аккаунт|профиль|закрытый профиль) (?:закрыт|приватн|является закрытым)|это закрыт\\S+ (?:профиль|аккаунт|сообщество|группа)|вы не (?:вошли|авторизованы)",
    ],
    age: [
      "(?:вам|посетителям|вы должны|мне).{0,30}(?:1[3-9]|21|совершеннолет)|(?:вам (?:уже )?(?:есть|исполнилось)|подтвердите|укажите|введите|сколько).{0,30}(?:1[68]|возраст|рожден|лет|совершеннолет)|(?:эт|данн|материал|контент)\\S*.{0,60}(?:возраст|взросл|1[68] лет|1[68]\\s?\\+|совершеннолет)|(?:проверка|подтверждение|ограничение по) возраст|возрастн\\S+ (?:ограничени|проверк|контрол)|только для (?:взрослых|совершеннолет)|1[68]\\s?\\+",
    ],
    captcha: [
      "(?:вы (?:точно )?(?:не )?(?:робот|человек)|я не робот|я человек)|.{0,50}что вы (?:не )?(?:робот|человек|бот|живой)|.{0,20}(?:проверяем|проверка|проверьте|проверить).{0,20}(?:браузер|безопасност|робот|не робот)|(?:подозрительн|необычн)\\S+ (?:трафик|активност|запрос)|(?:обнаружен|зафиксирован|заметили).{0,30}(?:подозрительн|необычн|автоматич)|(?:решите|пройдите|введите|сдвиньте).{0,40}(?:капч|captcha|пазл|проверк|символы|задач)",
    ],
    failed: [
      "(?:попробуйте|повторите) .{0,15}(?:позже|еще раз|снова|попытку|позднее)",
      "что[- ]то пошло не так|(?:произошла|возникла|случилась) (?:\\S+ )?(?:ошибка|проблема)|слишком много (?:запросов|попыток)|(?:сайт|сервис|сервер|мы).{0,30}(?:временно недоступ|обслуживани|технически)|(?:ведутся|идут) (?:технические|профилактические) работы|технические работы|(?:включите|пожалуйста, включите|разрешите) javascript|javascript (?:отключен|выключен)|ваш браузер|доступ (?:запрещен|ограничен|заблокирован|закрыт)|не удалось (?:загрузить|открыть)",
    ],
    gone: [
      "(?:пост|запис[ьи]|страниц[аыу]|публикаци[яию]|контент|твит|видео|фото|комментари[йя]|тем[аы]|обсуждение|аккаунт|профиль|учетная запись|пользовател[ьяю]|канал|ссылка|стать[яи]|адрес|сообщение|материал|содержимое|видеозапись)",
      "не.{0,30}(?:доступ|существ|найден|найти|удалось|отобража|видн)|(?:удален|удалил|заблокирован|скрыт|недоступ|отсутствует|исчез|приостановлен|деактивирован|снят)|больше нет|такой .{0,20}нет|нет такой|ничего не найдено",
    ],
    loading: "(?:идет )?загрузка.{0,20}|подождите.{0,20}|загружаем.{0,20}|пожалуйста,? подождите",
  },
  uk: {
    lead: "ой|упс|на жаль|вибачте|перепрошуємо|помилка|будь ласка|пробачте|ласкаво просимо|хвилинку",
    login: [
      "(?:увійдіть|увійди|авторизуйтес|авторизуйтеся|зареєструйтес|зареєструйтеся|створіть (?:акаунт|обліковий запис)|увійти|приєднуйтес|необхідно (?:увійти|авторизуватис|зареєструватис)|потрібно (?:увійти|авторизуватис|зареєструватис)|потрібен вхід|вам (?:потрібно|необхідно|треба)|ви (?:повинні|маєте) (?:увійти|бути|авторизуватис))|щоб .{2,80}(?:увійд|авториз|зареєстр|увійти|акаунт)|для (?:перегляду|доступу).{0,50}(?:увійд|увійти|авториз|зареєстр|вхід)|(?:ц[еяіі]|цей|сторінк|допис)\\S*.{0,50}(?:лише|тільки).{0,30}(?:учасник|зареєстрован|авторизован|підписник|член|користувач)|(?:лише|тільки) (?:для )?(?:зареєстрован|авторизован|учасник)|(?:цей )?(?:акаунт|профіль) (?:закрит|приватн)|це (?:закрит|приватн)\\S+ (?:профіль|акаунт|група)|ви не (?:увійшли|авторизовані)",
    ],
    age: [
      "(?:вам|ви повинні|відвідувачам).{0,30}(?:1[3-9]|21|повнолітн)|(?:вам (?:вже )?(?:є|виповнилося)|підтвердьте|вкажіть|введіть|скільки).{0,30}(?:1[68]|вік|народжен|років|повнолітн)|(?:це|цей|ця|матеріал|вміст)\\S*.{0,60}(?:вік|дорослих|1[68] років|18\\s?\\+|повнолітн)|(?:перевірка|підтвердження|обмеження за) вік|вікове обмеження|(?:лише|тільки) для (?:дорослих|повнолітн)",
    ],
    captcha: [
      "(?:ви (?:не )?(?:робот|людина)|я не робот|я людина)|.{0,50}що ви (?:не )?(?:робот|людина|бот|жива)|.{0,20}(?:перевіряємо|перевірка).{0,20}(?:браузер|безпек|робот)|(?:підозріл|незвичн|незвичайн)\\S+ (?:трафік|активніст|запит)|(?:виявлено|виявили|помітили).{0,30}(?:підозріл|незвич|автоматич)|(?:розв'яжіть|пройдіть|введіть).{0,40}(?:капч|captcha|пазл|перевірк|символи)",
    ],
    failed: [
      "спробуйте .{0,15}(?:пізніше|ще раз|знову)",
      "щось пішло не так|(?:сталася|виникла|трапилася) (?:\\S+ )?(?:помилка|проблема)|(?:забагато|надто багато|занадто багато) (?:запитів|спроб)|(?:сайт|сервіс|ми).{0,30}(?:тимчасово недоступ|обслуговуванн|технічн)|технічні роботи|(?:увімкніть|дозвольте) javascript|javascript вимкнено|ваш браузер|доступ (?:заборонено|обмежено|заблоковано)|не вдалося (?:завантажити|відкрити)",
    ],
    gone: [
      "(?:пост|допис|запис|сторінк[аиу]|публікаці[яїю]|контент|вміст|твіт|відео|фото|коментар|тем[аиу]|обговорення|акаунт|профіль|обліковий запис|користувач|канал|посилання|статт[яі]|адрес[аи]|повідомлення|матеріал)",
      "не.{0,30}(?:доступ|існу|знайд|знайти|вдалося|відобража|видно)|(?:видален|видалив|заблокован|прихован|недоступ|відсутн|зник|призупинен|деактивован)|більше нема|нема(?:є)? так",
    ],
    loading: "завантаження.{0,20}|зачекайте.{0,20}|завантажуємо.{0,20}|будь ласка,? зачекайте",
  },
  tr: {
    lead: "hay aksi|uzgunuz|maalesef|ne yazik ki|hata|lutfen|ozur dileriz|pardon|hos geldiniz|eyvah|bir dakika",
    login: [
      ".{2,80}(?:icin|once|gormek uzere).{0,40}(?:giris yap|oturum ac|kaydol|uye ol|kayit ol|hesap (?:olustur|ac)|giris yapman|giris yapmaniz)|(?:giris yap|giris yapin|oturum acin|oturum ac|kaydolun|uye olun).{0,60}(?:gormek|devam|icin|ve)|.{0,60}(?:giris yapmalisin|giris yapmaniz gerek|oturum acmaniz gerek|giris yapman gerek|uye olmaniz gerek|oturum acman)|(?:bu|o)\\b.{0,50}(?:yalnizca|sadece).{0,40}(?:uye|kayitli|takipci|giris)|(?:yalnizca|sadece) (?:kayitli |uye|takipci|giris)|bu hesap (?:gizli|kilitli|ozel)|giris yapmadiniz|(?:giris|uyelik|oturum) (?:gerekli|gerekiyor|zorunlu)",
    ],
    age: [
      ".{0,50}(?:1[3-9]|18) yas(?:inda|indan|ini|in|ina)|.{0,40}(?:yas (?:sinir|dogrulama|kontrol|kisitlama|onay)|yasinizi|yasini|dogum tarih|dogum yil|resit|yetiskin)|kac yasinda|18\\s?\\+",
    ],
    captcha: [
      "(?:insan|robot) mi(?:sin|siniz)|robot degilim|ben (?:bir )?(?:insan|robot)|.{0,40}(?:insan|robot|bot) (?:oldugun|olmadig)|tarayiciniz (?:kontrol|dogrulan)|(?:olagandisi|supheli|alisilmadik) (?:trafik|etkinlik|hareket)|.{0,50}(?:olagandisi|supheli|otomatik) .{0,20}(?:tespit|algila|fark)|guvenlik (?:kontrol|dogrulama)|.{0,30}(?:captcha|bulmaca|karakterleri).{0,20}(?:coz|tamamla|gir|yaz)",
    ],
    failed: [
      ".{0,20}tekrar dene",
      "bir (?:seyler|sey|sorun|hata) .{0,20}(?:ters|yanlis|olustu|meydana|gitti)|(?:cok|fazla) fazla (?:istek|deneme)|(?:site|sitemiz|hizmet|servis).{0,30}(?:bakim|kullanilami)|bakim(?:dayiz| calismasi)|(?:lutfen )?javascript|tarayiciniz (?:desteklen|guncel)|erisim (?:engellendi|reddedildi|yasak)|.{0,30}yuklenemedi",
    ],
    gone: [
      "\\b(?:gonderi|sayfa|icerik|tweet|video|fotograf|yorum|konu|hesap|profil|kullanici|kanal|baglanti|makale|adres|paylasim|mesaj|ileti)\\w*",
      "(?:mevcut degil|bulunamadi|bulunamiyor|bulamadik|kullanilami?yor|kullanilamiyor|yok|silindi|silinmis|kaldirildi|kaldirilmis|askiya alin|artik .{0,20}(?:degil|yok)|erisilemi|gorunt\\w+lenemi|kapatil)",
    ],
    loading: "yukleniyor.{0,20}|lutfen bekleyin.{0,10}|bekleyin.{0,10}|bir saniye",
  },
  he: {
    lead: "אופס|אוי|סליחה|מצטערים|אנו מצטערים|לצערנו|שגיאה|אנא|נא|בבקשה|ברוכים הבאים|רגע",
    login: [
      "(?:ה)?תוכן (?:זה )?(?:זמין|פתוח|גלוי|מיועד) ל.{0,20}(?:רשומים|חברים|מנויים|עוקבים|מחוברים)|(?:ה)?(?:חשבון|פרופיל)(?: הזה| זה)? (?:הוא )?פרטי$|רק (?:עוקבים|מי שעוקב).{0,10} (?:יכול|רואה|רואים)|(?:עליך|עליכם|יש|צריך) להיות (?:מחובר|רשומ|רשום|חבר)\\S* (?:כדי|על מנת)|(?:צריך|נדרש|דרוש|יש צורך ב) ?חשבון (?:כדי|על מנת|לצפייה)|(?:יש ל|צריך ל|עליך ל|עליכם ל|חייבים ל|חובה ל|אתה צריך ל|את צריכה ל|כדאי ל)?(?:התחברו?י?|היכנסו?|הירשמו?|הרשמו?|להתחבר|להיכנס|להירשם|הצטרפו?|צרו חשבון|כניסה|התחברות).{0,50}(?:כדי|על מנת|לצפייה|לצפות|לפני|להמש|לראות|לקריאה|לקרוא)|(?:כדי|על מנת|לצפייה|לקריאת|לצורך) .{2,80}(?:להתחבר|התחבר|היכנס|להיכנס|הירשם|להירשם|חשבון)|(?:ה|זה|זו|תוכן|פוסט|עמוד|דף).{0,50}(?:רק|בלבד).{0,30}(?:רשומים|חברים|מנויים|עוקבים|מחוברים)|.{0,40}(?:לחברים|לרשומים|למשתמשים רשומים|למנויים|למחוברים) בלבד|רק (?:חברים|משתמשים רשומים|רשומים|מנויים)|(?:חשבון|פרופיל|קבוצה) (?:זה |זו |ה?)?(?:פרטי|הוא פרטי|נעול|פרטית)|(?:אינך|אינכם|לא) מחובר|נדרשת (?:התחברות|הרשמה|כניסה)",
    ],
    age: [
      "(?:אנחנו|אנו|עלינו).{0,12}(?:לאמת|לוודא|לבדוק) (?:את )?(?:ה)?גיל|(?:ה)?תוכן (?:זה )?(?:אינו|לא) (?:מתאים|מיועד) ל(?:קטינים|ילדים|צעירים)|.{0,50}(?:גיל (?:1[3-9]|מינימום)|מעל גיל|בן (?:1[68])|בני (?:1[68])|מתחת לגיל|1[68]\\s?\\+)|(?:אימות|בדיקת|הגבלת|מגבלת|אישור) גיל|.{0,40}(?:מוגבל לפי גיל|למבוגרים|לבגירים|תאריך (?:ה)?לידה|שנת (?:ה)?לידה|את גילך|את גילכם|מוגבל בגיל)|בן כמה|בת כמה",
    ],
    captcha: [
      "(?:החליקו|גררו|החלק|גרור).{0,30}(?:פאזל|חידה|המחוון)|(?:האם )?(?:אתה|אתם|את) (?:רובוט|אדם|אנושי|בן אדם|בני אדם)|(?:אני )?לא רובוט|.{0,50}(?:שאתה|שאתם|שאינך|שאינכם|שאת|אתה|שמדובר) (?:לא |ב)?(?:רובוט|אדם|אנושי|בן אדם|בני אדם|בוט)|.{0,20}(?:בודקים|בדיקת|בדיקה של) (?:את )?(?:ה)?(?:דפדפן|אבטחה|דפדפנך)|(?:זיהינו|זוהתה|התגלתה|אותרה).{0,30}(?:חריגה|חשודה|לא רגילה|אוטומטי)|(?:תעבורה|פעילות) (?:חריגה|חשודה)|(?:פתרו|השלימו|הקלידו).{0,40}(?:captcha|קפצ|פאזל|חידה|אימות|התווים|אתגר)",
    ],
    failed: [
      "(?:ה)?שרתים (?:שלנו )?(?:עמוסים|קורסים)(?: \\S+){0,2}$|(?:אנא )?(?:נסו|נסה|נסי) (?:שוב|מאוחר)",
      "(?:משהו השתבש|אירעה (?:שגיאה|תקלה)|קרתה (?:שגיאה|תקלה)|התרחשה שגיאה|ארעה (?:שגיאה|תקלה)|יותר מדי (?:בקשות|ניסיונות)|(?:האתר|השירות|אנחנו).{0,30}(?:תחזוקה|אינו זמין|לא זמין|שיפוצים)|.{0,20}(?:הפעילו|הפעל|לאפשר|להפעיל|אפשרו) (?:את )?javascript|הדפדפן (?:שלך|שלכם)|(?:הגישה|גישה) (?:נדחתה|נחסמה|חסומה|נדחית)|לא ניתן לטעון|טעינת .{0,20}נכשלה)",
    ],
    gone: [
      "(?:פוסט|עמוד|דף|תוכן|ציוץ|סרטון|וידאו|תמונה|תגובה|שרשור|נושא|חשבון|פרופיל|משתמש|ערוץ|קישור|כתבה|כתובת|פרסום|הודעה|רשומה)",
      "(?:הכותב|הכותבת|המחבר|המשתמש|בעל החשבון) (?:מחק|מחקה|הסיר) את|(?:הפך|הפכה|הפכו) לפרטי|(?:לא|אינו|אינה|איננו|איננה|אינם).{0,30}(?:זמינ?|זמין|קיים|קיימת|נמצא|נמצאה|נגיש|מוצאים|למצוא|ניתן|מופיע)|(?:נמחק|נמחקה|הוסר|הוסרה|הושעה|הושעתה|הושבת|נחסם|פג תוקף|נעלם|נעלמה|הוסרו)|לא מצאנו|אין (?:פוסט|דף|עמוד)",
    ],
    loading: "(?:ב)?טעינה.{0,20}|טוען.{0,20}|נא להמתין|אנא המתינו?.{0,10}|רק רגע",
  },
  ar: {
    lead: "عذرا|عفوا|نأسف|اسف|آسفون|للأسف|خطأ|يرجى|الرجاء|من فضلك|مرحبا|أهلا|معذرة|لحظة|اوبس",
    login: [
      "(?:تحتاج|تحتاجين|تحتاجون) (?:إلى )?حساب|(?:يجب (?:عليك )?|عليك |يلزم |يتعين )?(?:سجل الدخول|سجلي الدخول|سجل دخولك|قم بتسجيل الدخول|تسجيل الدخول|تسجل الدخول|تسجيل دخولك|أنشئ حسابا?|إنشاء حساب|انضم|اشترك|التسجيل|تسجل).{0,50}(?:لمشاهدة|لرؤية|لعرض|للمتابعة|لقراءة|للاطلاع|للوصول|حتى|لكي|كي|لتتمكن|أولا|ل)|(?:لمشاهدة|لرؤية|لعرض|لقراءة|للاطلاع|للوصول|للمتابعة) .{0,80}(?:سجل|تسجيل|حساب)|(?:هذا|هذه|ال)\\S*.{0,50}(?:فقط|حصري|مقتصر|خاص).{0,30}(?:أعضاء|للأعضاء|المسجل|المشترك|المتابع)|.{0,40}(?:للأعضاء|للمسجلين|للمشتركين|للمتابعين|المسجلين) (?:المسجلين )?فقط|فقط (?:للأعضاء|الأعضاء|المسجل)|هذا (?:الحساب|الملف) خاص|لم (?:تقم بتسجيل|تسجل) الدخول|تسجيل الدخول مطلوب|يتطلب .{0,20}تسجيل الدخول",
    ],
    age: [
      "(?:هذا )?المحتوى غير (?:مناسب|ملائم) (?:للقاصرين|للأطفال|لمن)|.{0,50}(?:(?:1[3-9]|١٨|١٦) (?:عام|سنة|عاما)|فوق (?:سن|1[68])|سن (?:1[68]|١٨|الرشد)|دون (?:سن|1[68]))|(?:التحقق من|تأكيد|تأكد من|إثبات|قيود) (?:ال)?(?:عمر|سن)|.{0,40}(?:مقيد بالعمر|مقيد حسب العمر|للبالغين|للكبار فقط|تاريخ (?:ال)?ميلاد|سنة (?:ال)?ميلاد|عمرك)|كم عمرك",
    ],
    captcha: [
      "(?:هل )?(?:أنت|انت) (?:إنسان|انسان|روبوت|بشر|شخص)|(?:أنا )?لست (?:روبوت|برنامج)|.{0,50}(?:أنك|انك|بأنك|كنت) (?:لست )?(?:إنسان|انسان|روبوت|بشر|شخص|برنامج)|.{0,20}(?:التحقق من|فحص|نتحقق من|جار التحقق).{0,20}(?:متصفح|الأمان|أمان|إنسان)|(?:اكتشفنا|لاحظنا|رصدنا|تم (?:رصد|اكتشاف)).{0,30}(?:غير (?:عادي|اعتيادي|معتاد)|مشبوه|آلي)|(?:حركة|نشاط) .{0,15}(?:غير (?:عادي|اعتيادي|معتاد)|مشبوه)|(?:حل|أكمل|أدخل|اكتب).{0,40}(?:اللغز|كابتشا|captcha|الأحرف|الحروف|الرموز|التحدي)",
    ],
    failed: [
      "(?:خوادمنا|الخوادم) (?:مشغولة|مزدحمة|محملة)(?: \\S+){0,2}$|(?:حاول مرة|يرجى المحاولة|أعد المحاولة|حاول مجددا)",
      "(?:حدث خطأ|حدثت مشكلة|وقع خطأ|هناك خطأ ما|حصل خطأ|طلبات كثيرة|عدد كبير .{0,10}من الطلبات|(?:الموقع|الخدمة|موقعنا).{0,30}(?:الصيانة|صيانة|غير متاح|متوقف)|.{0,20}(?:تفعيل|تشغيل|تمكين|فعل) (?:ال)?(?:javascript|جافا)|متصفحك|(?:تم (?:رفض|حظر) (?:ال)?وصول|الوصول (?:مرفوض|محظور|ممنوع))|تعذر (?:تحميل|عرض|فتح))",
    ],
    gone: [
      "(?:منشور|صفحة|محتوى|تغريدة|فيديو|صورة|تعليق|موضوع|حساب|ملف|مستخدم|قناة|رابط|مقال|عنوان|رسالة|مشاركة|مقطع)",
      "(?:أصبح|أصبحت|صار) .{0,30}خاص|(?:غير|لم يعد|لم تعد|ليس|ليست|لا|لم)\\s.{0,30}(?:متاح|متوفر|موجود|يوجد|توجد|العثور|نجد|نعثر|متوافر|مرئي)|(?:حذف|حذفت|محذوف|أزيل|إزالة|إزالته|إزالتها|حذفه|حذفها|موقوف|تعليق الحساب|معطل|تعذر العثور|انتهت صلاحي)",
    ],
    loading: "(?:جار|جاري|يتم) (?:ال)?تحميل.{0,20}|تحميل.{0,10}|يرجى الانتظار|(?:الرجاء )?الانتظار.{0,10}|انتظر.{0,10}",
  },
  ja: {
    lead: "申し訳ありません(?:が)?|申し訳ございません(?:が)?|すみません(?:が)?|ごめんなさい|エラー|残念ながら|おっと|ようこそ|お待ちください",
    login: [
      ".{0,60}(?:ログイン|サインイン|会員登録|新規登録|アカウント登録|アカウントを作成|登録)(?:して|が必要|すると|する必要|またはアカウント|を行って|後に|をお願い|で(?:続き|全文)|の上)|.{0,60}(?:ログイン|サインイン|登録)(?:して(?:ください|下さい|続行)|が必要|してから)|.{0,50}(?:会員|メンバー|登録ユーザー|フォロワー|ログインユーザー|登録者)(?:のみ|だけ|限定|専用)|(?:この)?(?:アカウント|プロフィール|投稿|ツイート|ポスト)は(?:非公開|鍵)|ログインしていません|会員(?:限定|専用)",
    ],
    age: [
      ".{0,50}(?:1[3-9]|20|１８|十八)(?:歳|才)(?:以上|未満|に達)|(?:年齢(?:確認|制限|認証|を確認)|.{0,40}(?:年齢制限|成人向け|大人向け|生年月日|年齢を(?:入力|確認|証明)))|あなたは(?:1[68]|20)歳|r-?18",
    ],
    captcha: [
      ".{0,60}(?:ロボット|ボット|人間|機械)(?:では(?:ない|ありません)|であること|でないこと|ですか|かどうか)|.{0,40}(?:ブラウザー?|接続)(?:を|の)(?:確認|チェック|検証)(?:し|中)|.{0,30}(?:異常|不審|通常と異なる|通常とは異なる|普段と異なる|自動化され)\\S{0,12}(?:トラフィック|アクセス|アクティビティ|通信|リクエスト)|.{0,40}(?:文字を入力|パズルを|画像認証|キャプチャ認証)|セキュリティ(?:チェック|確認)",
    ],
    failed: [
      ".{0,20}(?:もう一度|再度|後で|しばらくしてから).{0,10}(?:お試し|試して)",
      "(?:問題が発生|エラーが発生|不具合が発生|何か問題が|予期(?:し|せ)ない)|リクエストが多すぎ|.{0,20}(?:メンテナンス中|メンテナンスのため|アクセスが集中|一時的に(?:利用|ご利用))|.{0,20}javascript(?:を有効|が無効|を使用)|.{0,20}(?:ブラウザー?は(?:サポート|対応)|未対応のブラウザ)|アクセスが(?:拒否|禁止|制限|ブロック)|.{0,20}読み込(?:め|みに失敗|むことができ)",
    ],
    gone: [
      "(?:投稿|ページ|コンテンツ|ツイート|ポスト|動画|写真|画像|コメント|スレッド|トピック|アカウント|プロフィール|ユーザー|チャンネル|リンク|記事|アドレス|メッセージ|内容|url)",
      "(?:存在し(?:ない|ません)|見つかり?ません|見つかりませんでした|見つけられ|削除され|削除しました|表示できません|利用でき(?:ない|ません)|ご利用いただけません|公開され(?:て)?い(?:ない|ません)|非公開に|凍結され|なくなりました|ありません|閲覧できません|終了しました|ございません)",
    ],
    loading: "(?:読み込み|読込|ロード)中.{0,10}|(?:しばらく|少々|少し)?お待ちください.{0,5}|now loading.{0,5}",
  },
  zh: {
    lead: "抱歉|对不起|對不起|很抱歉|非常抱歉|错误|錯誤|请|請|哎呀|糟糕|您好|你好|提示|稍等|欢迎",
    login: [
      ".{0,40}(?:请|請|需要|需|必须|必須|要|先|才能|立即|您|你|后|後)?(?:先)?(?:登录|登錄|登入|注册|註冊|注冊)(?:后|後|以|才|即可|查看|帐号|账号|帳號|才能|并|來|来|或注册|或註冊).{0,40}(?:查看|浏览|瀏覽|继续|繼續|阅读|閱讀|观看|觀看|访问|全文|内容|內容|看|可见)|.{0,40}(?:需要|请先|請先|必须先|必須先|您尚未|你尚未|您还没有|您还未|未)(?:登录|登錄|登入|注册|註冊)|.{0,40}(?:仅|僅|只有|只限|仅限|僅限|只对|仅对).{0,12}(?:会员|會員|成员|成員|注册用户|登录用户|好友|粉丝|关注者|註冊|登入)|(?:此|该|該|这个|這個)(?:账号|帐号|帳號|账户|帳戶)(?:是|为|為|已设为|設為)?(?:私密|不公开|不公開|受保护)",
    ],
    age: [
      ".{0,40}(?:年满|年滿|已满|已滿|未满|未滿|满|滿)(?:1[68]|18|十八)(?:岁|歲|周岁)|.{0,30}(?:年龄|年齡)(?:验证|驗證|限制|确认|確認)|.{0,40}(?:成人内容|成人內容|仅限成人|僅限成人|出生日期|您的年龄|您的年齡|未成年人)|(?:1[68])(?:岁|歲)以(?:上|下)",
    ],
    captcha: [
      ".{0,40}(?:不是机器人|不是機器人|是否是?机器人|是真人|是人类|是人類|真人验证|人机验证|人機驗證|非机器人|人机身份)|.{0,30}(?:检查|檢查|检测|驗證|验证)(?:您|你)的(?:浏览器|瀏覽器|连接|身份)|.{0,30}(?:异常|異常|可疑)(?:流量|访问|活动|活動|请求|行为)|.{0,30}(?:拖动滑块|滑块|完成拼图|输入验证码|輸入驗證碼|安全验证|安全驗證)",
    ],
    failed: [
      ".{0,10}(?:稍后|稍後|请)(?:再试|重试|再試|重試)",
      ".{0,10}(?:出错了|出錯了|出了点问题|出现错误|發生錯誤|发生错误|出問題了|服务器错误|伺服器錯誤)|.{0,10}(?:请求|訪問|访问)(?:过于|太|過於)频?(?:频繁|頻繁|繁|多)|.{0,20}(?:维护中|維護中|正在维护|系统维护|暂时不可用|暫時無法)|.{0,20}(?:启用|啟用|开启|開啟) ?javascript|.{0,20}浏览器(?:不支持|版本过低)|(?:访问|存取|拒绝|訪問)(?:被)?(?:拒绝|拒絕|禁止|访问|訪問)|.{0,10}(?:加载失败|載入失敗|无法加载|無法載入)",
    ],
    gone: [
      "(?:帖子|页面|頁面|内容|內容|推文|视频|視頻|影片|图片|照片|评论|留言|主题|主題|账号|帐号|帳號|账户|用户|使用者|频道|链接|連結|文章|网页|網頁|微博|动态|貼文|日志|地址|回答|笔记)",
      "(?:不存在|无法(?:查看|显示|访问|找到)|無法(?:查看|顯示|訪問|找到|瀏覽)|找不到|未找到|没有找到|沒有找到|已被?(?:作者|用户|管理员|发布者|原作者)?(?:自行)?(?:删除|刪除|移除|下架|封禁|封号|屏蔽|停用|冻结)|不可用|不可见|已失效|走丢了|被删除|已注销|暂无|无法使用|不见了)",
    ],
    loading: "(?:正在)?(?:加载|載入|加載)中?.{0,6}|请稍[候等].{0,5}|請稍候.{0,5}",
  },
};

/** What is spoken of where consent to tracking is asked for; names and loan words that hardly differ between languages come first. */
export const TRACKING =
  "cookies?|\\bkeks|traceurs?|trackers?|\\btracking\\b|galletas|testimoni di|biscoitos|ciasteczk|plik\\w* cookie|куки|кукі|файл\\w* cookie|cerez|עוגיות|קובצי|ملفات تعريف الارتباط|الكوكيز|كوكيز|クッキー|トラッキング|追跡|追踪|追蹤|小甜饼|\\biab\\b|personali[sz]ed ads|information on (?:a|your) device|value your privacy|informationen auf (?:einem|ihrem|deinem) (?:end)?ger[äa]t|informations sur (?:un|votre) (?:appareil|terminal)|respect(?:ons)? (?:de )?votre vie priv[ée]e|informaci[óo]n en un dispositivo|informazioni su un dispositivo|informa[çc][õo]es (?:num|em um|no) dispositivo|informatie op een apparaat|informacj\\w+ na (?:\\w+ )?urz[ąa]dzeni|szanujemy \\S+ prywatno|personalisierte werbung|consent to|einwilligung|consentement|consentimiento|consenso|consentimento|toestemming|rodo\\b|gdpr|dsgvo|rgpd|个性化广告";

/** Names of those that sign people in for others: two buttons with such names are a sign-in without a field. */
export const SIGN_IN_PROVIDERS =
  "google|apple|facebook|microsoft|github|vk|yandex|яндекс|line|wechat|微信|qq|weibo|微博|kakao|twitter|linkedin|e-?mail|sso";

/** A sentence with one of these tells what somebody said; sites do not speak so of themselves. */
export const REPORTED =
  "says?|said|tells?|told|wrote|writes|claims?|claimed|heard|read that|replied|sagte?n?|hiess|hieß|schrieb|behauptet|meinte|disent|dit que|a dit|dirent|ecrit|affirme|dicen?|dijo|dijeron|cuenta que|disse|dicono|scrive|ha detto|dizem|disseram|zei|zegt|zeggen|schreef|mowi|mowia|powiedzia\\p{L}*|napisal\\p{L}*|говорят|сказал\\p{L}*|пишут|написал\\p{L}*|кажуть|каже|сказали|dedi|diyor|dediler|אמרו|אמר|אמרה|כתבו|قالوا|قال|قالت|يقولون|.{0,40}(?:と言われ|と言った|と書かれ|って言)|.{0,40}(?:说是|他说|她说|他们说|告诉我)";
