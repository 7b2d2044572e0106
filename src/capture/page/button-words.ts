/**
 * Labels of buttons, whole and folded (`foldWords`), as regular expressions. Data only. `accept` is never pressed: it tells
 * that consent is what is asked for. `settings`: where a refusal may stand that is not offered at once. A label that is not here is not pressed either.
 */
interface Labels {
  readonly accept: string;
  readonly refuse: string;
  readonly settings: string;
  readonly reveal: string;
  readonly more: string;
}

export const LABELS: Readonly<Record<string, Labels>> = {
  en: {
    accept:
      "(?:i )?(?:accept|agree|allow|consent|ok|okay|got it|yes)(?: to)?(?:,? (?:i agree|all|them|cookies?|all cookies|and (?:continue|close|proceed)|everything))*|accept.{0,25}|allow all.{0,15}|agree (?:and|&).{0,15}",
    refuse:
      "(?:no,? )?(?:reject|refuse|decline|deny|disagree|disallow)(?: (?:all|optional|non[- ]essential|additional|other|everything|cookies|tracking|them|and (?:continue|close)|the rest|it|unnecessary))*|(?:continue|proceed|carry on) without (?:accepting|agreeing|consent(?:ing)?|tracking|cookies).{0,10}|(?:use |accept |allow |only |just |keep )*(?:strictly )?(?:necessary|essential|required)(?: (?:cookies|ones))?(?: only)?|no,? thanks?(?: you)?|(?:i )?(?:do not|don't) (?:accept|agree|consent|allow)|accept (?:nothing|none)|none of (?:them|these)|no",
    settings:
      "(?:(?:manage|more|show|view|see|change|open|customi[sz]e|adjust|review|choose|edit|cookies?|privacy|consent|my|your|our|the|all|advanced|set) )*(?:options|settings|preferences|choices|purposes)|(?:manage|customi[sz]e)(?: cookies)?|let me choose",
    reveal:
      "(?:show|view|see|reveal|display|unhide|unblur|uncover)(?: (?:it|anyway|content|post|image|photo|picture|video|media|tweet|this|the|me|sensitive|hidden|warning|text|comment|reply|spoiler|nonetheless|them|message|all))*|(?:i (?:understand|want to see).{0,20}|tap to (?:view|see|reveal)|click to (?:view|see|reveal|show).{0,15}|continue anyway|spoiler|yes,? show.{0,15})",
    more: "(?:\\.{3} ?)?(?:show|see|read|view|display|load)(?: the)?(?: (?:more|full|whole|rest|entire|complete|all of it))+(?: (?:post|text|tweet|comment|story|message|of (?:it|this|the post)))*(?: ?\\.{3})?|more ?\\.{0,3}|\\.{3} ?more|continue reading|expand(?: (?:post|text|all))?|read on|full text",
  },
  de: {
    accept:
      "(?:ich )?(?:alle[ns]? )?(?:cookies )?(?:akzeptiere|akzeptieren|zustimmen|annehmen|erlauben|einverstanden|stimme zu|verstanden|zulassen|ok)(?: (?:und|&) .{0,15})?|alle[ns]? .{0,20}(?:akzeptieren|zulassen|erlauben|annehmen|zustimmen)",
    refuse:
      "(?:alle[ns]? |cookies |optionale )*(?:ablehnen|verweigern|nicht (?:zustimmen|akzeptieren|erlauben))|(?:nur |ausschließlich )?(?:(?:technisch )?notwendige|erforderliche|essenzielle|essentielle)n?(?: cookies)?(?: (?:akzeptieren|erlauben|zulassen|verwenden|annehmen))?|(?:ohne (?:zustimmung|einwilligung|tracking|zu akzeptieren|cookies).{0,15}|weiter ohne.{0,25})|nein,? danke|(?:ich )?lehne ab|(?:alle[ns]? )?ablehnen (?:und|&) (?:schließen|fortfahren|weiter)|nein",
    settings:
      "(?:(?:cookies?|datenschutz|weitere|mehr|individuelle|meine|alle|erweiterte|privatsphäre)[- ]?)*(?:einstellungen|optionen|präferenzen)(?: (?:verwalten|anpassen|öffnen|anzeigen|ändern|ansehen))?|(?:individuell )?(?:anpassen|konfigurieren)|zwecke anzeigen|auswahl anpassen",
    reveal:
      "(?:trotzdem |inhalt |beitrag |bild |video |foto |post |medien |text |kommentar |spoiler |sensiblen |alles |hier |antwort )*(?:anzeigen|ansehen|einblenden|zeigen|anschauen|aufdecken)|zeig(?:e)? (?:es|mir).{0,15}",
    more: "(?:mehr|weiter|ganzen? \\w+|alles|vollstandig|volltext) ?(?:anzeigen|lesen|erfahren|sehen|ansehen|einblenden)?(?: ?\\.{3})?|weiterlesen|ausklappen|aufklappen|\\.{3} ?mehr",
  },
  fr: {
    accept:
      "(?:tout |j')?(?:accepter?|accepte|autoriser|d'accord|ok|je consens|compris|j'accepte)(?: (?:tout|et .{0,15}|les cookies|tous les cookies))*",
    refuse:
      "(?:tout |je )?(?:refuser?|refuse|rejeter|decliner)(?: (?:tout|tous|les cookies|et .{0,15}|tous les cookies))*|continuer sans accepter.{0,5}|poursuivre sans accepter|(?:uniquement |seulement )?(?:les )?(?:cookies )?(?:strictement )?(?:necessaires|essentiels)(?: (?:uniquement|seulement))?|(?:accepter )?(?:uniquement|seulement) (?:les )?(?:cookies )?(?:necessaires|essentiels)|non,? merci|je n'accepte pas|non",
    settings:
      "(?:(?:gérer|paramétrer|personnaliser|configurer|voir|afficher|modifier|définir) )?(?:(?:mes|les|vos|plus d'|des) ?)?(?:choix|préférences|paramètres|options|réglages|finalités)(?: (?:des |de |relatifs aux )?(?:cookies|confidentialité))?|(?:personnaliser|paramétrer|configurer|gérer)(?: (?:les |mes )?cookies)?",
    reveal:
      "(?:afficher|voir|montrer|reveler|decouvrir)(?: (?:quand meme|le|la|les|contenu|post|publication|photo|image|video|tweet|message|sensible|tout|media|texte|commentaire))*",
    more: "(?:voir|lire|afficher|en voir|en lire|en savoir) (?:la |le )?(?:plus|suite|tout|texte integral|davantage|l'integralite)(?: ?\\.{3})?|plus ?\\.{0,3}|lire la suite|developper|deplier|suite",
  },
  es: {
    accept:
      "(?:aceptar|acepto|permitir|de acuerdo|entendido|consentir|vale|ok)(?: (?:todas?|todo|y .{0,15}|cookies|las cookies|todas las cookies))*",
    refuse:
      "(?:rechazar|rechazo|denegar|no aceptar|no acepto|declinar)(?: (?:todas?|todo|las|cookies|opcionales|y .{0,15}))*|continuar sin aceptar|seguir sin aceptar|(?:aceptar |usar |permitir )?(?:solo|unicamente|solamente) (?:las )?(?:cookies )?(?:necesarias|esenciales)|(?:solo )?(?:las )?(?:necesarias|esenciales)|no,? gracias|no",
    settings:
      "(?:(?:gestionar|administrar|configurar|ver|más|cambiar|personalizar|mostrar) )?(?:(?:las|mis|sus) )?(?:opciones|preferencias|ajustes|configuración)(?: de (?:las )?(?:cookies|privacidad))?|(?:configurar|personalizar|gestionar|administrar)(?: (?:las )?cookies)?",
    reveal:
      "(?:mostrar|ver|revelar|ensenar|descubrir)(?: (?:de todos modos|de todas formas|igualmente|contenido|publicacion|foto|imagen|video|tuit|el|la|todo|sensible|mensaje|texto|comentario))*",
    more: "(?:ver|leer|mostrar|seguir|cargar) (?:mas|leyendo|todo|completo|el texto completo|texto completo)(?: ?\\.{3})?|mas ?\\.{0,3}|sigue leyendo|expandir|desplegar",
  },
  it: {
    accept:
      "(?:accetta|accetto|acconsento|consenti|accettare|ok|va bene|ho capito)(?: (?:tutt[ioe]|e .{0,15}|cookie|i cookie|tutti i cookie))*",
    refuse:
      "(?:rifiuta|rifiuto|nega|non accetto|non accettare|rifiutare)(?: (?:tutt[ioe]|i|cookie|e .{0,15}|opzionali))*|continua senza accettare|prosegui senza accettare|(?:accetta |usa )?(?:solo|soltanto) (?:i )?(?:cookie )?(?:necessari|essenziali|tecnici)|(?:solo )?(?:necessari|essenziali)|no,? grazie|no",
    settings:
      "(?:(?:gestisci|personalizza|mostra|vedi|più|altre|modifica|imposta) )?(?:le )?(?:opzioni|preferenze|impostazioni|scelte|finalità)(?: (?:dei |sui |per i )?cookie| sulla privacy)?|(?:personalizza|gestisci|configura)(?: (?:i )?cookie)?",
    reveal:
      "(?:mostra|vedi|visualizza|guarda|rivela|scopri)(?: (?:comunque|lo stesso|contenuto|post|foto|immagine|video|il|la|tutto|sensibile|testo|messaggio|commento))*",
    more: "(?:mostra|leggi|vedi|continua a|visualizza|carica) (?:altro|tutto|di piu|leggere|il resto|piu|testo completo)(?: ?\\.{3})?|altro ?\\.{0,3}|continua|espandi|leggi tutto",
  },
  pt: {
    accept:
      "(?:aceitar|aceito|permitir|concordo|concordar|entendi|ok|aceito tudo)(?: (?:tud[oa]s?|todos|e .{0,15}|cookies|os cookies|todos os cookies))*",
    refuse:
      "(?:rejeitar|recusar|recuso|rejeito|negar|nao aceito|nao aceitar)(?: (?:tud[oa]s?|todos|os|cookies|opcionais|e .{0,15}))*|continuar sem aceitar|prosseguir sem aceitar|(?:aceitar |usar )?(?:apenas|somente|so) (?:os )?(?:cookies )?(?:necessarios|essenciais)|(?:apenas )?(?:necessarios|essenciais)|nao,? obrigad[oa]|nao",
    settings:
      "(?:(?:gerir|gerenciar|ver|mais|alterar|personalizar|mostrar|configurar) )?(?:(?:as|minhas) )?(?:opções|preferências|definições|configurações|escolhas)(?: d[eo]s? (?:cookies|privacidade))?|(?:personalizar|gerir|gerenciar|configurar)(?: (?:os )?cookies)?",
    reveal:
      "(?:mostrar|ver|exibir|revelar|visualizar)(?: (?:mesmo assim|assim mesmo|na mesma|conteudo|publicacao|foto|imagem|video|o|a|tudo|sensivel|texto|mensagem|comentario|post))*",
    more: "(?:ver|ler|mostrar|exibir|continuar|carregar) (?:mais|tudo|lendo|a ler|completo|o texto completo|texto completo)(?: ?\\.{3})?|mais ?\\.{0,3}|leia mais|expandir|continue lendo",
  },
  nl: {
    accept:
      "(?:alle[s]? |cookies |ik ga )*(?:accepteren|akkoord|toestaan|accepteer|begrepen|ok|oke|goed)(?: (?:alle.{0,10}|en .{0,15}))?",
    refuse:
      "(?:alle[s]? |cookies |optionele )*(?:weigeren|afwijzen|niet (?:akkoord|accepteren|toestaan)|weiger)(?: (?:alle[s]?|alle cookies|cookies))?|(?:alleen |uitsluitend )?(?:strikt )?(?:noodzakelijke?|essentiele|functionele)(?: cookies)?(?: (?:accepteren|toestaan|gebruiken))?|(?:door|verder)(?:gaan)? zonder.{0,25}|nee,? (?:bedankt|dank je)|nee",
    settings:
      "(?:(?:cookie|privacy|meer|mijn|geavanceerde)[- ]?)*(?:instellingen|voorkeuren|opties|keuzes)(?: (?:beheren|aanpassen|wijzigen|tonen|bekijken|instellen))?|aanpassen|(?:zelf )?instellen|(?:beheer|wijzig|toon|bekijk) (?:instellingen|voorkeuren|opties|keuzes|cookies)",
    reveal:
      "(?:toch |inhoud |bericht |foto |video |afbeelding |post |alles |gevoelige |reactie )*(?:weergeven|tonen|bekijken|laten zien|zien|onthullen)|(?:toon|bekijk)(?: (?:toch|inhoud|bericht|foto|video|post))*",
    more: "(?:meer|verder|alles|hele bericht|volledige tekst) ?(?:weergeven|lezen|tonen|bekijken|laden|zien)?(?: ?\\.{3})?|lees (?:meer|verder)(?: ?\\.{3})?|toon meer|uitklappen",
  },
  pl: {
    accept:
      "(?:akceptuj[e]?|zgadzam sie|zaakceptuj|zezwol|zezwalam|rozumiem|ok|wyrazam zgode|przyjmij)(?: (?:wszystk\\w+|i .{0,15}|na wszystk\\w+|pliki cookie))*",
    refuse:
      "(?:odrzuc|odrzucam|odmow|odmawiam|nie zgadzam sie|nie akceptuje|nie wyrazam zgody)(?: (?:wszystk\\w+|pliki cookie|opcjonalne|i .{0,15}))*|(?:kontynuuj|przejdz dalej|dalej) bez (?:akceptacji|zgody|akceptowania)|(?:akceptuj |zaakceptuj )?(?:tylko )?(?:niezbedne|konieczne|wymagane)(?: (?:pliki )?cookies?)?|nie,? dziekuje|nie",
    settings:
      "(?:(?:zarządzaj|więcej|zmień|pokaż|dostosuj|przejdź do) )?(?:ustawienia|ustawieniami|ustawień|opcje|opcji|preferencje|preferencjami|zgodami)(?: (?:zaawansowane|plików cookie|cookies|prywatności))?|dostosuj|konfiguruj",
    reveal:
      "(?:pokaz|wyswietl|zobacz|odsłoń|odslon|odkryj)(?: (?:mimo to|tresc|post|wpis|zdjecie|film|wideo|wszystko|komentarz|tekst))*",
    more: "(?:pokaz|czytaj|zobacz|wyswietl|rozwin|wczytaj|doczytaj) ?(?:wiecej|dalej|calosc|caly (?:wpis|post|tekst)|wszystko)?(?: ?\\.{3})?|wiecej ?\\.{0,3}",
  },
  ru: {
    accept:
      "(?:принять|принимаю|согласен|согласна|разрешить|понятно|хорошо|ок|соглашаюсь|я согласен)(?: (?:все|всё|и .{0,15}|cookies?|все cookies?|файлы cookie))*",
    refuse:
      "(?:отклонить|отказаться|отказываюсь|запретить|не принимать|не согласен|не принимаю|отклоняю)(?: (?:все|от всех|все cookies?|cookies?|необязательные|и .{0,15}))*|продолжить без (?:согласия|принятия|cookies?).{0,10}|(?:принять |разрешить )?только (?:самые )?(?:необходимые|обязательные)(?: (?:cookies?|файлы cookie))?|(?:только )?(?:необходимые|обязательные)|нет,? спасибо|нет",
    settings:
      "(?:(?:управлять|управление|изменить|открыть|другие|показать|дополнительные|все|мои) )?(?:настройки|настройками|параметры|параметрами|варианты)(?: (?:cookies?|файлов cookie|конфиденциальности))?|настроить(?: (?:cookies?|файлы cookie))?",
    reveal:
      "(?:показать|посмотреть|открыть|смотреть|просмотреть|увидеть)(?: (?:все равно|контент|пост|запись|фото|видео|изображение|содержимое|публикацию|текст|материал|комментарий|спойлер))*",
    more: "(?:показать|читать|смотреть|развернуть|загрузить|подробнее) ?(?:еще|полностью|далее|дальше|больше|весь текст|целиком|весь пост)?(?: ?\\.{3})?|еще ?\\.{0,3}|ещё|далее|читать дальше",
  },
  uk: {
    accept:
      "(?:прийняти|приймаю|погоджуюсь|погоджуюся|дозволити|зрозуміло|згоден|згодна|добре|ок)(?: (?:все|всі|усі|і .{0,15}|cookies?|всі cookies?|файли cookie))*",
    refuse:
      "(?:відхилити|відмовитися|відмовитись|відмовляюсь|заборонити|не приймати|не погоджуюсь|не погоджуюся|не приймаю)(?: (?:все|всі|усі|від усіх|всі cookies?|cookies?|і .{0,15}))*|продовжити без (?:згоди|прийняття|cookies?).{0,10}|(?:прийняти |дозволити )?(?:лише|тільки) (?:необхідні|обов'язкові)(?: (?:cookies?|файли cookie))?|(?:необхідні|обов'язкові)|ні,? дякую|ні",
    settings:
      "(?:(?:керувати|змінити|відкрити|інші|показати|додаткові) )?(?:налаштування|налаштуваннями|параметри|параметрами|варіанти)(?: (?:cookies?|файлів cookie|конфіденційності))?|налаштувати(?: (?:cookies?|файли cookie))?",
    reveal:
      "(?:показати|переглянути|відкрити|дивитися|побачити)(?: (?:все одно|контент|допис|пост|запис|фото|відео|зображення|вміст|публікацію|текст|матеріал|коментар))*",
    more: "(?:показати|читати|дивитися|розгорнути|завантажити|детальніше) ?(?:ще|більше|повністю|далі|весь текст|увесь текст|весь допис)?(?: ?\\.{3})?|ще ?\\.{0,3}|далі|більше",
  },
  tr: {
    accept:
      "(?:tumunu |hepsini |cerezleri |tum cerezleri )*(?:kabul et|kabul ediyorum|onayla|izin ver|anladim|tamam|onayliyorum)(?: ve .{0,15})?",
    refuse:
      "(?:tumunu |hepsini |cerezleri |tum cerezleri |istege bagli cerezleri )*(?:reddet|reddediyorum|kabul etme|kabul etmiyorum|izin verme)|kabul etmeden devam(?: et)?|(?:yalnizca|sadece) (?:gerekli|zorunlu)(?: (?:olanlar|cerezler))?.{0,20}|(?:zorunlu|gerekli) (?:cerezler|olanlar)|hayir,? tesekkurler|hayir",
    settings:
      "(?:(?:çerez|gizlilik|daha fazla|tüm) )*(?:ayarlar[ıi]?|seçenek(?:ler)?i?|tercihler(?:im)?i?)(?:ni|mi)?(?: (?:yönet|göster|değiştir|düzenle|aç))?|özelleştir|yönet",
    reveal:
      "(?:yine de |icerigi |gonderiyi |fotografi |videoyu |resmi |hepsini |yorumu )*(?:goster|goruntule|gor|izle)",
    more: "(?:daha fazla(?:sini)?|devamini|tumunu|tamamini) ?(?:goster|oku|gor|goruntule|yukle)?(?: ?\\.{3})?|devami ?\\.{0,3}|genislet",
  },
  he: {
    accept:
      "(?:קבל|קבלו|מקבל|מקבלת|אני מסכים|אני מסכימה|מסכים|מסכימה|אישור|אשר|אישור הכל|הבנתי|לאשר|מאשר|קבלת|אפשר)(?: (?:הכל|הכול|את הכל|והמשך|את כל העוגיות|כל העוגיות|עוגיות))*",
    refuse:
      "(?:דחה|דחו|דחייה|סירוב|סרב|לדחות|לסרב|אני מסרב|לא מסכים|לא מסכימה|דחיית|לא מאשר)(?: (?:הכל|הכול|את הכל|כל העוגיות|עוגיות|של הכל))*|(?:המשך|להמשיך|המשיכו) (?:בלי|ללא) (?:הסכמה|לאשר|אישור|לקבל|עוגיות).{0,10}|(?:רק )?(?:עוגיות )?(?:הכרחיות|חיוניות|נחוצות)(?: בלבד)?|לא,? תודה|לא",
    settings:
      "(?:(?:ניהול|לניהול|עוד|שינוי|הצג|נהל) )?(?:הגדרות|אפשרויות|העדפות|בחירות|ההגדרות|ההעדפות|האפשרויות)(?: (?:עוגיות|העוגיות|פרטיות|הפרטיות|נוספות|מתקדמות))?|התאמה אישית|התאם אישית",
    reveal:
      "(?:הצג|הציגו|הצגת|הראה|הראו|צפה|צפו|לצפייה|חשוף|להציג|לצפות)(?: (?:בכל זאת|תוכן|פוסט|תמונה|סרטון|את|התוכן|הפוסט|התמונה|הסרטון|ב|הכל|בתוכן|בפוסט))*",
    more: "(?:הצג|קרא|קראו|ראה|ראו|הראה|טען|המשך|המשיכו)(?:י)? ?(?:עוד|הכל|לקרוא|לקריאה|קריאה|את ההמשך|בהמשך)(?: ?\\.{3})?|עוד ?\\.{0,3}|המשך קריאה|קריאת המשך|הרחב",
  },
  ar: {
    accept:
      "(?:قبول|أقبل|موافق|أوافق|السماح|اقبل|موافقة|فهمت|حسنا|نعم)(?: (?:الكل|جميع|ملفات|تعريف|الارتباط|الكوكيز|على الكل|ومتابعة|للكل|ب?الكل))*",
    refuse:
      "(?:رفض|أرفض|ارفض|لا أوافق|عدم الموافقة|عدم القبول|لا أقبل)(?: (?:الكل|جميع|ملفات|تعريف|الارتباط|الكوكيز|الاختيارية|والمتابعة))*|(?:المتابعة|متابعة|تابع|الاستمرار) (?:بدون|دون) (?:قبول|موافقة|الموافقة|القبول).{0,10}|(?:الضرورية|الأساسية|ملفات الارتباط الضرورية|قبول الضرورية|قبول الأساسية) ?(?:فقط)?|لا,? شكرا|لا،? شكرا|لا",
    settings:
      "(?:(?:إدارة|المزيد من|عرض|تغيير|تخصيص) )?(?:الإعدادات|إعدادات|الخيارات|خيارات|التفضيلات|تفضيلات)(?: (?:ملفات تعريف الارتباط|الخصوصية|الكوكيز|أخرى))?|تخصيص",
    reveal:
      "(?:عرض|إظهار|أظهر|شاهد|مشاهدة|اعرض|كشف)(?: (?:على أي حال|المحتوى|المنشور|الصورة|الفيديو|رغم ذلك|الكل|التعليق|التغريدة))*",
    more: "(?:عرض|قراءة|اقرأ|إظهار|مشاهدة|اعرض|تحميل) (?:المزيد|المتابعة|الكل|النص الكامل|النص كاملا|البقية)(?: ?\\.{3})?|المزيد ?\\.{0,3}|أكمل القراءة|متابعة القراءة|توسيع",
  },
  ja: {
    accept:
      "(?:すべて|全て|クッキーを|cookieを|すべてのcookieを|すべてのクッキーを)*(?:同意する|同意します|同意|承諾する|許可する|許可|受け入れる|了解|承認|ok|はい|同意して.{0,8})",
    refuse:
      "(?:すべて|全て|クッキーを|cookieを|すべてのcookieを|すべてのクッキーを|を)*(?:拒否する|拒否|拒否します|同意しない|同意しません|許可しない|辞退する)|(?:同意せずに|同意しないで)(?:続行|続ける|進む|続行する)|(?:必要な|必須の?|必須)(?:cookie|クッキー|もの)?(?:のみ|だけ)(?:を?(?:許可|使用|受け入れる|同意))?(?:する)?|いいえ",
    settings:
      "(?:cookie|クッキー|プライバシー|詳細|同意)?(?:の)?(?:設定|オプション|選択肢)(?:を)?(?:管理|変更|表示|開く|カスタマイズ|する)*|カスタマイズ(?:する)?|管理(?:する)?|その他のオプション",
    reveal:
      "(?:それでも|とにかく|コンテンツを|投稿を|画像を|動画を|写真を|内容を|このまま|ポストを)*(?:表示|表示する|見る|閲覧する|開く)",
    more: "(?:もっと|さらに|続きを|全文を|すべて)(?:見る|読む|表示|表示する|読み込む)?(?: ?\\.{3})?|続き",
  },
  zh: {
    accept: "(?:全部|我)?(?:接受|同意|允许|允許|确定|確定|知道了|好的?)(?:全部|所有|并继续|所有 ?cookies?|cookies?)?",
    refuse:
      "(?:全部|我)?(?:拒绝|拒絕|不同意|不接受)(?:全部|所有|所有 ?cookies?|cookies?|非必要.{0,8})?|(?:不同意并继续|不接受并继续|继续但不接受|不接受继续)|(?:仅|僅|只)(?:接受|允许|允許|使用|限)?(?:必要|必需|必須)(?:的)?(?: ?cookies?)?|不,?谢谢|不用了",
    settings:
      "(?:管理|更多|自定义|自訂|查看|显示|更改|cookie|隐私|隱私|偏好)*(?:设置|設定|选项|選項)|(?:管理)?偏好|自定义|自訂|管理",
    reveal: "(?:仍然|仍要|继续|点击|點擊)?(?:查看|显示|顯示|观看|浏览|展示)(?:内容|內容|帖子|图片|视频|貼文)?",
    more: "(?:展开|展開|显示|顯示|查看|阅读|閱讀|加载)?(?:更多|全文|全部|剩余|其余)(?:内容|內容)?(?: ?\\.{3})?|展开|展開|继续阅读|繼續閱讀",
  },
};
