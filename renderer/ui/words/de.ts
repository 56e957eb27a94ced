import type { Catalogue, FieldWords } from './catalogue.ts'

/**
 * Every word of the window in German, by place, as someone who runs a vision station would put it: impersonal, with
 * “Sie” where somebody has to do something.
 *
 * The words, once and for all:
 * inference = Inferenz, run = Lauf (to run = laufen, starten), instance = Instanz, setup = Einrichtung,
 * prediction = Vorhersage, confidence = Konfidenz, confidence floor = Mindestkonfidenz, candidate = Kandidat,
 * sample = Stichprobe, to record = aufzeichnen, request = Anfrage, queue = Warteschlange, deadline = Zeitlimit,
 * threshold = Schwelle (class threshold = Klassenschwelle, size threshold = Größenschwelle), area = Fläche,
 * verdict = Prüfurteil, outcome = Ergebnis (OK, WARN, NG), rule = Regel, output = Ausgang (of a model: Ausgabe),
 * receiver = Empfänger, shift counter = Schichtzähler, optimization = Optimierung, shutdown = Abschaltung,
 * picture = Bild, mask = Maske, import = Import, workstation = Rechner, watched folder = überwachter Ordner,
 * trial = Test, health = Zustand, healthy = läuft, failed = gestört, key (of the API) = Schlüssel.
 * These stay as they are: API, URL, Webhook, Host, Thread, Precision, Recall, F1, Label, Center.
 */
export const de: Catalogue = {
  app: {
    skip: 'Zum Inhalt springen',
    places: 'Bereiche',
    breadcrumbs: 'Sie sind hier',
    away_one: 'Keine Verbindung zum Lineside-Host. Verbindungsversuch {{count}}.',
    away_other: 'Keine Verbindung zum Lineside-Host. Verbindungsversuch {{count}}.',
    locked: 'Dieses Fenster ist nicht angemeldet',
    lockedText:
      'Öffnen Sie Lineside mit dem Link, den „lineside serve“ beim Start ausgegeben hat. Er endet auf „?token=…“ und meldet diesen Browser an.',
    notFound: 'Unter dieser Adresse gibt es nichts',
    notFoundText: 'Vielleicht wurde es gelöscht oder umbenannt.',
    toProjects: 'Zu den Projekten',
    broken: 'Diese Ansicht kann nicht angezeigt werden',
    brokenText: 'Darin ist ein Fehler aufgetreten.',
    reload: 'Neu laden'
  },
  places: {
    projects: 'Projekte',
    overview: 'Übersicht',
    inferences: 'Inferenz-Center',
    models: 'Modelle',
    samples: 'Label-Center',
    data: 'Daten-Center',
    settings: 'Einstellungen'
  },
  foot: {
    cpu: 'CPU',
    memory: 'RAM',
    disk: 'Platte frei',
    healthy_one: '{{count}} läuft',
    healthy_other: '{{count}} laufen',
    failed_one: '{{count}} gestört',
    failed_other: '{{count}} gestört',
    none: 'keine läuft',
    of: 'von {{total}}'
  },
  ui: {
    cancel: 'Abbrechen',
    close: 'Schließen',
    delete: 'Löschen',
    undo: 'Rückgängig',
    copy: 'Kopieren',
    copied: 'Kopiert',
    typeName: 'Zum Löschen „{{name}}“ eingeben',
    range: '{{min}} bis {{max}}',
    default: 'Standard {{value}}',
    hostAway: 'Der Host antwortet nicht.'
  },
  units: { perMinute: '/min' },
  keys: {
    title: 'Tasten',
    palette: 'Alles finden und ausführen',
    help: 'Diese Tasten',
    rows: 'Nächste oder vorige Zeile',
    open: 'Zeile öffnen',
    back: 'Zurück',
    names: { palette: 'Strg K', enter: 'Enter', escape: 'Esc', space: 'Leertaste' }
  },
  palette: {
    open: 'Finden oder ausführen…',
    nothing: 'Nichts mit diesem Namen',
    failed: 'Das hat nicht geklappt',
    inferenceOf: '{{project}} · {{status}}',
    run: '{{name}} starten',
    stop: '{{name}} stoppen'
  },
  status: {
    healthy: 'Läuft',
    queued: 'Wartet',
    preparing: 'Startet',
    failed: 'Gestört',
    stopping: 'Stoppt',
    stopped: 'Gestoppt',
    since: 'seit {{time}}',
    place: 'Platz {{place}}, wartet auf: {{waitsFor}}',
    nextTry_one: 'neuer Versuch in {{count}} s',
    nextTry_other: 'neuer Versuch in {{count}} s',
    noMoreTries: 'kein weiterer Versuch von selbst',
    reasons: {
      waiting: 'wartet auf freie Ressourcen',
      again: 'neuer Versuch',
      loading: 'das Modell wird geladen',
      person: 'von Hand gestoppt',
      closed: 'Lineside wurde beendet',
      crashed: 'Lineside wurde unerwartet beendet',
      notBack: 'nicht wieder gestartet: Das Wiederanlaufen ist in den Einstellungen ausgeschaltet',
      idle: 'Abschaltung: {{value}} min ohne Anfrage',
      after: 'Abschaltung: {{value}} h nach dem Start',
      at: 'Abschaltung: {{value}}'
    }
  },
  counts: {
    healthy_one: '{{count}} läuft',
    healthy_other: '{{count}} laufen',
    queued_one: '{{count}} wartet',
    queued_other: '{{count}} warten',
    preparing_one: '{{count}} startet',
    preparing_other: '{{count}} starten',
    failed_one: '{{count}} gestört',
    failed_other: '{{count}} gestört',
    stopping_one: '{{count}} stoppt',
    stopping_other: '{{count}} stoppen',
    stopped_one: '{{count}} gestoppt',
    stopped_other: '{{count}} gestoppt'
  },
  tasks: {
    classification: 'Klassifikation',
    detection: 'Objekterkennung',
    'instance-segmentation': 'Instanzsegmentierung',
    'semantic-segmentation': 'Semantische Segmentierung'
  },
  families: {
    classifier: 'Klassifikator',
    'yolo-detect': 'YOLO-Detektor',
    'yolo-segment': 'YOLO-Segmentierer',
    'yolo-obb': 'YOLO, gedrehte Boxen',
    pidnet: 'Semantischer Segmentierer',
    'rt-detr': 'RT-DETR-Detektor',
    'rf-detr': 'RF-DETR'
  },
  shutdown: {
    never: 'schaltet sich nie selbst ab',
    idle_one: 'schaltet sich nach {{count}} Minute ohne Anfrage ab',
    idle_other: 'schaltet sich nach {{count}} Minuten ohne Anfrage ab',
    after_one: 'schaltet sich {{count}} Stunde nach dem Start ab',
    after_other: 'schaltet sich {{count}} Stunden nach dem Start ab',
    at: 'schaltet sich um {{time}} ab',
    in: 'schaltet sich in {{left}} ab',
    left: {
      seconds_one: '{{count}} s',
      seconds_other: '{{count}} s',
      minutes_one: '{{count}} min',
      minutes_other: '{{count}} min',
      hours_one: '{{count}} h',
      hours_other: '{{count}} h'
    }
  },
  rules: {
    none: 'zeichnet nichts auf',
    random: '{{share}} zufällig',
    confidence: 'Konfidenzen von {{from}} bis {{to}}',
    classes: 'Klassen {{classes}}',
    unknown: 'Unbekannte',
    interval_one: 'eine alle {{count}} s',
    interval_other: 'eine alle {{count}} s',
    sizes: 'Größen {{names}}'
  },
  verdict: {
    by: '{{outcome}} · {{rule}}',
    none: 'keines',
    classes: '{{outcome}}, wenn {{names}} vorkommt',
    count: '{{outcome}} ab {{atLeast}} × {{names}}',
    sizes: '{{outcome}}, wenn etwas {{names}} erfüllt',
    unknown: '{{outcome}}, wenn etwas unbekannt ist',
    else: 'sonst OK'
  },
  counter: {
    title: 'Schichtzähler',
    errors: 'Fehler',
    reset: 'Zurücksetzen',
    resetTitle: 'Zähler von {{name}} zurücksetzen?',
    resetText:
      'Auf null gehen: {{ok}} OK, {{warn}} WARN, {{ng}} NG, {{errors}} Fehler. Stichproben und Läufe bleiben erhalten.',
    resetNow: 'Zähler zurücksetzen',
    resetFailed: 'Der Zähler wurde nicht zurückgesetzt'
  },
  outputs: {
    none: 'keine',
    line: '{{name}}: {{what}} an {{host}}',
    idle: 'noch nichts gesendet',
    delivered: '{{shown}} gesendet',
    refused: '{{shown}} abgelehnt',
    dropped: '{{shown}} verworfen'
  },
  aims: {
    f1: 'bester F1-Wert',
    precision: 'Precision mindestens {{value}}',
    recall: 'Recall mindestens {{value}}',
    unknown: 'höchstens {{share}} unbekannt'
  },
  thresholds: {
    none: 'keine',
    latest: 'die neueste Optimierung',
    of: 'Optimierung ({{when}}, {{aim}})',
    manual: 'von Hand eingestellt',
    zero: 'keine Klasse hat eine Schwelle über 0',
    more_one: '{{count}} weitere',
    more_other: '{{count}} weitere'
  },
  reasons: {
    random: 'zufällig',
    interval: 'im Intervall',
    manual: 'von Hand',
    confidence: 'Konfidenz im Bereich',
    unknown: 'unbekannt',
    class: 'Klasse: {{name}}',
    size: 'Größe: {{name}}'
  },
  issues: {
    number: 'Hier muss eine Zahl stehen.',
    choose: 'Bitte auswählen.',
    whole: 'Hier muss eine ganze Zahl stehen.',
    least: 'Der kleinste Wert ist {{value}}.',
    most: 'Der größte Wert ist {{value}}.',
    empty: 'Darf nicht leer sein.',
    short: 'Mindestens {{value}} Zeichen.',
    long: 'Höchstens {{value}} Zeichen.',
    contract: {
      control: 'Steuerzeichen sind nicht erlaubt.',
      slug: 'Nur Kleinbuchstaben und Ziffern, verbunden durch einzelne Bindestriche.',
      time: 'Hier muss eine Uhrzeit stehen, etwa 22:00.',
      lower: 'Darf nicht kleiner sein als der Anfang.',
      sameClasses: 'Die Namen der Klassen müssen verschieden sein.',
      url: 'Muss mit http:// oder https:// beginnen.',
      noUser: 'Darf weder Benutzernamen noch Passwort enthalten.',
      wholeUrl: 'Muss eine vollständige Adresse sein, etwa http://192.168.0.20:8080/result.',
      ascii: 'Nur Buchstaben, Ziffern und Zeichen aus ASCII, keine Leerzeichen.',
      secret: 'Nach „whsec_“ muss Base64 folgen.',
      emptyKey: 'Ein Schlüssel darf nicht leer sein.',
      longKey: 'Ein Schlüssel hat höchstens 100 Zeichen.',
      manyKeys: 'Höchstens 50 Schlüssel.',
      reservedKey: 'Die Schlüssel timestamp, inference, run und model füllt Lineside selbst aus.'
    },
    taken: 'Dieser Name ist im Projekt schon vergeben.',
    slugTaken: 'Unter dieser Adresse antwortet schon eine andere Inferenz.'
  },
  projects: {
    new: 'Neues Projekt',
    find: 'Projekt suchen',
    noMatch: 'Kein Projekt hat diesen Namen.',
    empty: 'Noch keine Projekte',
    emptyText:
      'Ein Projekt steht für das, was geprüft wird: seine Klassen, seine Modelle, seine Inferenzen und die Stichproben, die sie aufzeichnen.',
    models_one: '{{count}} Modell',
    models_other: '{{count}} Modelle',
    inferences_one: '{{count}} Inferenz',
    inferences_other: '{{count}} Inferenzen',
    samples_one: '{{shown}}\u00a0Stichprobe',
    samples_other: '{{shown}}\u00a0Stichproben',
    name: 'Name',
    namePlaceholder: 'Zum Beispiel Leiterplatten',
    task: 'Aufgabe',
    classes: 'Klassen',
    classesHelp: 'Enter oder ein Komma schließt eine Klasse ab; aus einer eingefügten Liste werden viele.',
    create: 'Projekt anlegen',
    rename: 'Umbenennen',
    renameTitle: '{{name}} umbenennen',
    deleted: '{{name}} wurde gelöscht',
    deleteText:
      'Gelöscht werden {{models}}, {{inferences}} und {{samples}} samt Bildern. Das lässt sich nicht rückgängig machen.',
    gone: 'Dieses Projekt gibt es nicht',
    goneText: 'Vielleicht wurde es gelöscht.',
    all: 'Alle'
  },
  next: {
    title: 'Was als Nächstes ansteht',
    nothing: 'Es steht nichts an.',
    failed: '{{name}} ist gestört.',
    look: 'Ursache ansehen',
    model: 'Es gibt noch kein Modell.',
    setup: 'Es ist noch keine Inferenz eingerichtet.',
    run: '{{name}} kann gestartet werden.',
    open: 'Öffnen',
    samples_one: '{{shown}} Stichprobe ist aufgezeichnet.',
    samples_other: '{{shown}} Stichproben sind aufgezeichnet.',
    seeSamples: 'Ansehen'
  },
  models: {
    import: 'Modell importieren',
    empty: 'Noch keine Modelle',
    emptyText:
      'Ein Modell ist eine trainierte ONNX-Datei. Lineside liest daraus, was darin steht, und fragt nach dem Rest.',
    columns: {
      name: 'Name',
      family: 'Familie',
      classes: 'Klassen',
      input: 'Eingabe',
      file: 'Größe',
      added: 'Hinzugefügt',
      usedBy: 'Verwendet von'
    },
    version: 'Version',
    deleteText:
      'Die Modelldatei wird von diesem Rechner gelöscht. Mit ihr aufgezeichnete Stichproben bleiben erhalten.',
    deleteUsed:
      'Das Modell wird verwendet. Geben Sie diesen Inferenzen zuerst ein anderes Modell oder löschen Sie sie:',
    choose: 'Modelldatei wählen',
    chooseText:
      'Ziehen Sie eine ONNX-Datei hierher, mit ihren externen Datendateien, falls sie welche hat. Gespeichert wird noch nichts.',
    chooseFile: 'Datei wählen',
    addData: 'Datendateien hinzufügen',
    addDataInput: 'Externe Datendateien des Modells wählen',
    reading: 'Die Datei wird gelesen',
    noModelFile:
      '{{names}}: Darunter ist kein ONNX-Modell (.onnx). Wählen Sie das Modell, mit seinen Datendateien, falls es welche hat.',
    severalModels: 'Das sind mehrere ONNX-Modelle. Importieren Sie eines nach dem anderen.',
    dropHint: 'Modelldatei ablegen',
    refused: 'Diese Datei ist nicht verwendbar',
    spec: 'Wie das Modell zu lesen ist',
    inputGroup: 'Eingabe',
    outputGroup: 'Ausgabe',
    chooseOne: 'Bitte auswählen',
    taskOfFamily: 'Ergibt sich aus der Familie',
    noClasses: 'Geben Sie mindestens eine Klasse an.',
    classesHelp_zero: 'Eine je Zeile, in der Reihenfolge der Modellausgaben.',
    classesHelp_one: 'Eine je Zeile, in der Reihenfolge der Modellausgaben. {{count}} Klasse.',
    classesHelp_other: 'Eine je Zeile, in der Reihenfolge der Modellausgaben. {{count}} Klassen.',
    classesFile: 'Aus einer Label-Datei',
    classesFileInput: 'Datei mit Labels wählen',
    otherTask: 'Damit wird es ein Modell für {{task}}; das Projekt {{project}} ist für {{its}}.',
    nameTaken: 'Diesen Namen gibt es im Projekt schon: Er bekommt eine Nummer.',
    noBackground: 'Keine: Alle Klassen werden ausgegeben',
    addClasses_one: 'Klasse {{classes}} in das Projekt {{project}} aufnehmen',
    addClasses_other: '{{count}} Klassen in das Projekt {{project}} aufnehmen: {{classes}}',
    classesNeeded: 'Ohne sie kann das Projekt dieses Modell nicht aufnehmen.',
    otherFile: 'Andere Datei',
    save: 'Modell speichern',
    saved: '{{name}} wurde gespeichert',
    trial: 'Test',
    choosePicture: 'Bild wählen',
    choosePictureInput: 'Bild wählen, an dem das Modell getestet wird',
    dropPicture: 'Bild zum Testen ablegen',
    newestSample: 'neueste Stichprobe',
    noPicture: 'Sehen, was es findet',
    noPictureText: 'Ziehen Sie ein Bild hierher. Das Ergebnis wird eingezeichnet, nach jeder Änderung daneben neu.',
    trying: 'Test läuft',
    trialCancelled: 'Der Test wurde abgebrochen.',
    tryAgain: 'Noch einmal testen',
    pictureFirst: 'Testen Sie das Modell zuerst an einem Bild: Gespeichert wird, sobald das Ergebnis zu sehen war.',
    trialFirst: 'Gespeichert wird, sobald dieser Test gelungen ist.',
    nothingFound:
      'Nichts gefunden. Falls doch etwas zu finden ist, vergleichen Sie die als „geschätzt“ markierten Felder mit dem Training.',
    fillIn_one: 'Vor dem Test ist noch ein Feld auszufüllen.',
    fillIn_other: 'Vor dem Test sind noch {{count}} Felder auszufüllen.',
    file: {
      title: 'Datei',
      name: 'Dateiname',
      data: 'Datendateien',
      size: 'Größe',
      opset: 'Operatorsatz',
      opsetUnknown: 'nicht bekannt',
      input: 'Eingabe',
      output: 'Ausgabe {{at}}'
    },
    default: 'Standard',
    facts: 'Angaben zu {{name}}',
    makeDefault: 'Als Standard festlegen',
    madeDefault: '{{name}} ist jetzt der Standard',
    rename: 'Name oder Version ändern',
    renameTitle: '{{name}} umbenennen',
    renameSave: 'Speichern',
    replace: 'Datei ersetzen',
    replaceTitle: 'Datei von {{name}} ersetzen',
    replaceRunning: 'Das Modell läuft in {{names}}. Stoppen Sie, bevor die Datei ersetzt wird.',
    replaceSave: 'Datei ersetzen',
    replaced: '{{name}} hat die neue Datei',
    replaceReading: 'Wie die neue Datei gelesen wird',
    replaceAsNow: 'Wie das jetzige Modell',
    replaceAsFile: 'Wie die neue Datei angibt',
    replaceFileLacks: 'Die neue Datei sagt zu wenig über sich aus: Sie wird gelesen wie das jetzige Modell.',
    compare: { what: 'Was', now: 'Jetzt', next: 'Neue Datei', same: 'gleich' },
    compareRows: {
      file: 'Datei',
      size: 'Größe',
      hash: 'SHA-256',
      opset: 'Operatorsatz',
      family: 'Familie',
      classes: 'Klassen',
      input: 'Eingabe'
    },
    classesMore: '{{count}} mehr: {{names}}',
    classesLess: '{{count}} weniger: {{names}}',
    sources: {
      file: 'aus der Datei',
      guess: 'geschätzt',
      missing: 'bitte angeben',
      default: 'üblicher Wert',
      given: 'von Ihnen'
    },
    input: {
      width: 'Eingabebreite',
      height: 'Eingabehöhe',
      resize: 'Skalierung',
      interpolation: 'Interpolation',
      cropShare: 'Anteil, der beim Zuschnitt bleibt',
      channels: 'Kanäle',
      pad: 'Grauwert des Rands',
      scale: 'Faktor für Pixelwerte',
      mean: 'Mittelwert je Kanal',
      std: 'Standardabweichung je Kanal'
    },
    inputHelp: {
      cropShare: '1 behält die ganze kürzere Seite; 0,875 ist 224 von 256 wie bei ImageNet.',
      pad: '0 bis 255; bei YOLO 114.',
      scale: 'Wert = (Pixel × Faktor − Mittelwert) / Abweichung. 1/255 ist 0,003922.'
    },
    choices: {
      letterbox: 'Letterbox: ganzes Bild mit grauem Rand',
      stretch: 'Strecken: ganzes Bild, Seiten getrennt skaliert',
      crop: 'Zuschneiden: kürzere Seite, dann die Mitte',
      none: 'Keine: Das Bild hat die Größe der Eingabe',
      bilinear: 'Bilinear',
      nearest: 'Nächster Nachbar',
      area: 'Flächenmittel',
      'bilinear-antialias': 'Bilinear mit Antialiasing',
      'bilinear-unrounded': 'Bilinear, nicht gerundet',
      rgb: 'RGB',
      bgr: 'BGR',
      gray: 'Graustufen'
    }
  },
  incoming: {
    title: 'Im überwachten Ordner',
    hint: 'Modelldateien in diesem Ordner werden auch hier angeboten:',
    trouble: 'Der überwachte Ordner ist zurzeit nicht nutzbar: {{trouble}}.',
    show: 'Ordner anzeigen',
    reading: 'Wird gelesen…',
    unknownFamily: 'Familie nicht erkannt: Sie wird abgefragt',
    known: 'Ist schon „{{name}}“ in {{project}}',
    import: 'Importieren',
    importOf: '{{name}} importieren',
    dismiss: 'Ausblenden, Datei behalten',
    dismissed: '{{name}} ist ausgeblendet; die Datei bleibt',
    delete: 'Datei löschen',
    deleteText: 'Aus dem überwachten Ordner werden gelöscht: {{files}}. Daraus importierte Modelle bleiben erhalten.',
    failed: 'Das hat nicht geklappt'
  },
  center: {
    all: 'Alle Inferenzen',
    find: 'Suchen',
    noMatch: 'Nichts gefunden',
    noMatchText: 'Keine Inferenz hat diesen Status und diesen Namen.',
    empty: 'Noch keine Inferenzen',
    emptyText: 'Eine Inferenz betreibt ein Modell unter einer Adresse, an die Ihre Liniensoftware Bilder sendet.',
    emptyNoModel: 'Eine Inferenz betreibt ein Modell. Importieren Sie zuerst eines.',
    queueRule: 'Läufe starten von selbst, sobald Platz für sie ist, in der Reihenfolge ihrer Anmeldung.',
    columns: {
      inference: 'Inferenz',
      status: 'Status',
      why: 'Grund, seit wann',
      predictions: 'Vorhersagen',
      recent: 'Letzte 15 min',
      unknown: 'Unbekannt',
      actions: 'Aktionen'
    },
    recent: 'Vorhersagen in jeder der letzten 15 Minuten',
    p95: '{{value}} ms p95',
    run: 'Start',
    stop: 'Stopp',
    runNamed: '{{name}} starten',
    stopNamed: '{{name}} stoppen',
    runInference: 'Inferenz starten',
    stopInference: 'Inferenz stoppen',
    tryNow: 'Jetzt versuchen',
    runFailed: '{{name}} wurde nicht gestartet',
    stopFailed: '{{name}} wurde nicht gestoppt',
    more: 'Mehr zu {{name}}',
    edit: 'Einrichtung ändern',
    editStopped: 'Einrichtung ändern (wenn gestoppt)',
    duplicate: 'Duplizieren',
    deleteStopped: 'Löschen (wenn gestoppt)',
    deleted: '{{name}} wurde gelöscht',
    deleteTitle: '{{name}} löschen?',
    deleteText: 'Einrichtung und Läufe verschwinden aus der Liste. Aufgezeichnete Stichproben bleiben im Daten-Center.'
  },
  details: {
    gone: 'Diese Inferenz gibt es nicht',
    goneText: 'Vielleicht wurde sie gelöscht.',
    figures: 'Kennzahlen dieses Laufs',
    throughput: 'Durchsatz',
    latency: 'Latenz',
    unknown: 'Unbekannt',
    verdict: 'Prüfurteil',
    warned: '{{share}} WARN',
    requests: 'Anfragen',
    recorded: 'Aufgezeichnet',
    failures_one: '{{count}} Fehler',
    failures_other: '{{count}} Fehler',
    waiting_one: '{{count}} wartet',
    waiting_other: '{{count}} warten',
    see: 'Ansehen',
    latest: 'Neueste',
    last: 'Die letzten Vorhersagen',
    at: 'Vorhersage um {{time}}',
    ms: '{{value}} ms',
    try: 'Bild zum Testen ablegen',
    dropHint: 'Bild zum Testen ablegen',
    choosePicture: 'Bild zum Testen wählen',
    tryFailed: '{{name}} konnte nicht getestet werden',
    found: 'Auf diesem Bild gefunden',
    moreFound: 'und {{shown}} weitere',
    backToLatest: 'Zurück zum neuesten',
    nothingYet: 'Noch kein Bild',
    nothingYetHealthy:
      'Senden Sie ein Bild mit dem Aufruf daneben oder ziehen Sie eines hierher. Ein Test zählt nicht mit und wird nicht aufgezeichnet.',
    nothingYetStopped: 'Sobald die Inferenz läuft, steht hier das neueste Bild mit dem, was darin gefunden wurde.',
    call: 'Aufruf',
    callIn: 'Der Aufruf in {{language}}',
    callNote: 'Metadaten zu einem Bild: der Header Lineside-Metadata mit einem JSON-Objekt.',
    health: 'Zustand',
    model: 'Modell',
    warm: 'warm',
    notLoaded: 'nicht geladen',
    instance: 'Instanz {{number}}',
    fallback: 'da nichts Schnelleres nutzbar war ({{why}})',
    instanceRequests_one: '{{shown}} Anfrage',
    instanceRequests_other: '{{shown}} Anfragen',
    restarts_one: '{{count}} Neustart',
    restarts_other: '{{count}} Neustarts',
    instancesTitle: 'Instanzen',
    instanceColumns: {
      number: 'Nr.',
      state: 'Status',
      requests: 'Anfragen',
      memory: 'RAM',
      cpu: 'CPU',
      restarts: 'Neustarts'
    },
    refusedImages_one: '{{count}} Bild wird abgelehnt, weil die Engine daran abgestürzt ist.',
    refusedImages_other: '{{count}} Bilder werden abgelehnt, weil die Engine daran abgestürzt ist.',
    clearRefused: 'Wieder zulassen',
    notCleared: 'Die Bilder werden weiter abgelehnt',
    history: 'Verlauf',
    changeModel: 'Modell wechseln',
    changeModelTitle: 'Anderes Modell für {{name}}',
    changeModelText:
      'Das neue Modell wird neben dem jetzigen geladen und übernimmt, sobald es bereit ist. Dabei wird keine Anfrage abgelehnt; lässt es sich nicht laden, läuft das jetzige weiter.',
    nextModel: 'Neues Modell',
    modelComes: '{{next}} wird geladen und übernimmt, sobald es bereit ist.',
    modelFailed: '{{next}} konnte nicht übernehmen, {{present}} läuft weiter: {{reason}}',
    recorder: 'Aufzeichnung',
    free: '{{bytes}} frei',
    recordingFailures_one: '{{count}} Bild wurde nicht aufgezeichnet',
    recordingFailures_other: '{{count}} Bilder wurden nicht aufgezeichnet',
    setup: 'Einrichtung',
    instances_one: '{{count}} Instanz',
    instances_other: '{{count}} Instanzen',
    threads_one: '{{count}} Thread',
    threads_other: '{{count}} Threads',
    threadsEach_one: 'je {{count}} Thread',
    threadsEach_other: 'je {{count}} Threads',
    queueOf_one: 'Warteschlange {{shown}}',
    queueOf_other: 'Warteschlange {{shown}}',
    on: 'ein',
    off: 'aus',
    onlyDefaults: 'nur die Standardangaben',
    noThresholds: 'keine Schwellen',
    runs: 'Läufe',
    noRuns: 'Sie ist noch nicht gelaufen.',
    running: 'läuft',
    runColumns: { started: 'Beginn', ended: 'Ende', why: 'Grund', samples: 'Stichproben' },
    diagnostics: 'Diagnose',
    whyFailed: 'Warum sie gestört ist',
    failedWaits: 'Es folgt von selbst ein neuer Versuch. „Jetzt versuchen“ wartet nicht darauf.',
    failedForGood: 'Beheben Sie die genannte Ursache und drücken Sie dann „Jetzt versuchen“.'
  },
  log: {
    title: 'Protokoll',
    level: 'Feinste Stufe',
    levels: { debug: 'Alle', info: 'Info', warn: 'Warnungen', error: 'Fehler' },
    find: 'Im Protokoll suchen',
    follow: 'Mitlaufen',
    count: '{{shown}} von {{total}} Zeilen',
    download: 'Herunterladen',
    loading: 'Das Protokoll wird gelesen.',
    empty: 'Keine Zeilen.',
    failed: 'Das Protokoll konnte nicht gelesen werden: {{why}}',
    ofRun: 'Lauf des Protokolls',
    run: 'Lauf von {{time}}'
  },
  charts: {
    title: 'Zeitverlauf',
    range: 'Gezeigter Zeitraum',
    ranges: { quarter: '15 min', hour: '1 h', day: '24 h', month: '30 d' },
    stage: 'Latenz welcher Stufe',
    stages: {
      queue: 'Warten',
      decode: 'Dekodieren',
      preprocess: 'Vorverarbeiten',
      infer: 'Modell',
      postprocess: 'Auswerten',
      record: 'Aufzeichnen',
      total: 'Ganze Anfrage'
    },
    failed: 'Fehler',
    empty: 'Nichts in diesem Zeitraum.'
  },
  instance: { starting: 'startet', ready: 'bereit', restarting: 'startet neu', stopping: 'stoppt' },
  health: { good: 'in Ordnung', busy: 'in Arbeit', bad: 'gestört', off: 'läuft nicht' },
  timing: {
    queue: 'Warten {{value}}',
    decode: 'Dekodieren {{value}}',
    preprocess: 'Vorverarbeiten {{value}}',
    infer: 'Modell {{value}}',
    postprocess: 'Auswerten {{value}}',
    total: 'gesamt {{value}} ms'
  },
  picture: {
    found_zero: 'Nichts gefunden',
    found_one: '{{count}} Vorhersage',
    found_other: '{{count}} Vorhersagen',
    failed: 'Dieses Bild kann hier nicht angezeigt werden.',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    fit: 'Bild einpassen'
  },
  hints: {
    label: 'Erste Schritte',
    close: 'Diesen Hinweis schließen',
    run: 'Diese Inferenz ist startklar. Sie findet Fehler auf unbestückten Leiterplatten.',
    runIt: 'Starten',
    try: 'Sie läuft. Ziehen Sie ein Bild hierher oder kopieren Sie diesen Aufruf.',
    sample: 'Das ist Ihre erste Stichprobe.',
    seeSample: 'Ansehen'
  },
  setup: {
    title: 'Inferenz einrichten',
    edit: 'Einrichtung',
    editTitle: 'Einrichtung von {{name}}',
    defaultName: 'Prüfung',
    types: { api: 'API', camera: 'Kamera', apiInference: 'API-Inferenz' },
    running: 'Sie läuft',
    runningText: 'Eine Einrichtung lässt sich ändern, wenn ihre Inferenz gestoppt ist.',
    changed: 'Geändert, nicht gespeichert',
    save: 'Einrichtung speichern',
    saved: '{{name}} wurde gespeichert',
    saveFailed: 'Die Einrichtung wurde nicht gespeichert',
    noModelChosen: 'Wählen Sie ein Modell.',
    leaveTitle: 'Ohne Speichern verlassen?',
    leaveText: 'Ihre Änderungen an dieser Einrichtung gehen verloren.',
    leave: 'Verlassen',
    stay: 'Hier bleiben',
    inShort: 'Kurz gesagt',
    sectionsLabel: 'Abschnitte',
    sections: {
      general: 'Allgemein',
      model: 'Modell, Parameter',
      sizes: 'Größenmessung',
      verdict: 'Prüfurteil',
      sampling: 'Stichproben',
      metadata: 'Metadaten',
      classThresholds: 'Klassenschwellen',
      outputs: 'Ausgänge'
    },
    marks: { untouched: 'unverändert', complete: 'vollständig', error: 'enthält einen Fehler' },
    short: {
      answers: '<b>{{name}}</b> antwortet unter <b>/{{slug}}</b> mit <b>{{model}}</b>',
      instances_one: 'auf der <b>{{device}}</b>, eine Instanz mit {{threads}}.',
      instances_other: 'auf der <b>{{device}}</b>, <b>{{count}} Instanzen</b> mit je {{threads}}.',
      threads_one: '{{count}} CPU-Thread',
      threads_other: '{{count}} CPU-Threads',
      shutdown: 'Sie {{words}}.',
      sizes: 'Sie misst Größen: <b>{{names}}</b>.',
      records: 'Sie zeichnet auf: <b>{{rules}}</b>.',
      recordsNothing: 'Sie zeichnet nichts auf.',
      verdict_zero: 'Sie sagt zu jedem Bild <b>OK</b>.',
      verdict_one: 'Sie sagt OK, WARN oder NG nach <b>einer Regel</b>.',
      verdict_other: 'Sie sagt OK, WARN oder NG nach <b>{{count}} Regeln</b>.',
      outputs: 'Ergebnisse gehen weiter an <b>{{names}}</b>.',
      metadata: 'Jede Stichprobe trägt <b>{{keys}}</b>.',
      unknown: 'Unbekannt ist, was unter <b>{{thresholds}}</b> liegt.',
      nothingUnknown: 'Nichts ist unbekannt.'
    },
    general: {
      help: 'Wie sie heißt und was sie nutzen darf.',
      name: 'Name',
      url: 'Adresse',
      slug: 'Name in der Adresse',
      slugMade: 'Wird aus dem Namen gebildet; später bleibt er, wie er ist.',
      slugKept: 'Ändert er sich, muss die Liniensoftware die neue Adresse aufrufen.',
      gpu: 'GPU verwenden',
      gpuFound: '{{gpu}} rechnet.',
      gpuNone: 'Keine gefunden, die CPU rechnet.',
      advanced: 'Erweitert',
      advancedList: 'Instanzen, Threads, Warteschlange, Zeitlimit',
      instances: 'Instanzen',
      instancesHelp: 'Wie viele Kopien des Modells gleichzeitig antworten.',
      threads: 'CPU-Threads je Instanz',
      threadsHelp:
        'Alle laufenden Instanzen zusammen sollten höchstens die {{cores}} Kerne dieses Rechners beanspruchen.',
      queue: 'Länge der Warteschlange',
      queueHelp: 'So viele Anfragen dürfen warten; weitere werden sofort abgelehnt.',
      deadlineMs: 'Zeitlimit',
      deadlineMsHelp: 'Eine Anfrage, die in dieser Zeit nicht zu beantworten ist, wird abgelehnt.',
      largestBatch: 'Größter Batch',
      largestBatchHelp:
        'So viele wartende Bilder werden zusammen berechnet; 1 heißt einzeln. Auf einer CPU lohnt es sich kaum.',
      batchWaitMs: 'Längste Wartezeit auf einen Batch',
      batchWaitMsHelp: 'Wie lange ein Bild auf weitere wartet, solange nichts berechnet wird.',
      memoryLimitMb: 'Speichergrenze je Instanz',
      memoryLimitMbHelp:
        'Eine Instanz, die darüber hinaus wächst, wird ersetzt. Leer: das Doppelte des anfänglichen Bedarfs plus 1 GB.'
    },
    shutdown: {
      label: 'Abschaltung',
      kinds: { never: 'Nie', idle: 'Im Leerlauf', after: 'Nach einigen Stunden', at: 'Zu einer Uhrzeit' },
      help: {
        never: 'Sie läuft, bis jemand sie stoppt.',
        idle: 'Sie stoppt, wenn so lange keine Anfrage gekommen ist.',
        after: 'Sie stoppt so lange nach dem Start, ob genutzt oder nicht.',
        at: 'Sie stoppt, wenn die Uhr das nächste Mal diese Zeit zeigt.'
      },
      minutes: 'Minuten ohne Anfrage',
      minutesHelp: 'Ein Bild, das nur getestet wird, zählt nicht als Anfrage.',
      hours: 'Stunden nach dem Start',
      hoursHelp: 'Zeit in der Warteschlange zählt nicht.',
      time: 'Uhrzeit',
      timeHelp: 'Nach der Uhr dieses Rechners.'
    },
    model: {
      help: 'Welches Modell antwortet und wie es entscheidet.',
      model: 'Modell',
      about: '{{family}}, {{width}} × {{height}} px, Klassen {{classes}}'
    },
    sizes: {
      title: 'Größenmessung der Funde',
      on: 'Größen messen',
      help: 'Gemessen in Pixeln des Bildes, wie es gesendet wurde.',
      add: 'Schwelle hinzufügen',
      defaultName: 'Schwelle',
      deleted: '{{name}} wurde gelöscht',
      edit: 'Bearbeiten',
      rename: '{{name}} umbenennen',
      name: 'Name der Schwelle',
      incomplete: 'noch nicht vollständig',
      sampling: 'Stichprobe',
      classes: 'Klassen',
      chooseClasses: 'Klassen wählen',
      operator: 'Vergleich',
      operators: {
        between: 'liegt zwischen',
        gte: 'ist größer oder gleich',
        lte: 'ist kleiner oder gleich'
      },
      ranges: { between: '{{from}} bis {{to}}', gte: '{{value}} und mehr', lte: '{{value}} und weniger' },
      value: 'Wert',
      secondValue: 'Zweiter Wert',
      metadata: 'Metadaten zur Messung (optional)',
      metadataKey: 'Schlüssel der Messung',
      metadataValue: 'Wert der Messung',
      include: 'Als Stichprobe aufzeichnen',
      includeHelp: 'Zeichnet jede Anfrage mit einem Fund in diesem Bereich auf, unabhängig von den anderen Regeln.',
      problems: {
        noName: 'Darf nicht leer sein.',
        badName: 'Höchstens 120 Zeichen, keine Steuerzeichen.',
        repeatedName: 'Eine andere Schwelle hat schon diesen Namen.',
        noClass: 'Wählen Sie mindestens eine Klasse.',
        onlyNumbers: 'Der Wert darf nur aus Ziffern bestehen.',
        notPositive: 'Der Wert darf nur aus Ziffern bestehen und muss größer als null sein.',
        notHigher: 'Der zweite Wert muss größer sein als der erste.',
        noKey: 'Diesem Wert fehlt ein Schlüssel.',
        repeated: 'Diesen Schlüssel gibt es hier mehrfach.'
      },
      try: 'An einem Bild testen',
      choose: 'Wählen',
      noPicture: 'Ziehen Sie ein Bild hierher. Alles, was das Modell findet, wird mit seiner Fläche eingezeichnet.',
      areas: 'Bisher gesehene Flächen',
      areasOf: 'Bisher gesehene Flächen, {{classes}}',
      detections_one: '{{shown}} Fund',
      detections_other: '{{shown}} Funde',
      met_one: '{{met}} von {{shown}} aufgezeichneten Fläche liegt in diesem Bereich',
      met_other: '{{met}} von {{shown}} aufgezeichneten Flächen liegen in diesem Bereich',
      noAreas: 'Sobald Stichproben dieser Klassen aufgezeichnet sind, stehen ihre Flächen hier zur Auswahl.',
      handle: 'Wert auf der Skala',
      secondHandle: 'Zweiter Wert auf der Skala'
    },
    verdict: {
      help: 'Was über ein Bild als Ganzes gesagt wird, für eine Ausschleusung und für den Schichtzähler.',
      on: 'Zu jedem Bild OK, WARN oder NG sagen',
      onHelp: 'Es gilt das schlechteste Ergebnis der zutreffenden Regeln. Trifft keine zu, ist das Bild OK.',
      rule: 'Regel',
      add: 'Regel hinzufügen',
      remove: 'Regel {{name}} entfernen',
      outcome: 'Ergebnis',
      name: 'Name',
      when: 'Wenn',
      classes: 'Klassen',
      atLeast: 'Mindestanzahl',
      kinds: {
        classes: 'eine dieser Klassen vorkommt',
        count: 'diese Klassen so oft vorkommen',
        sizeThresholds: 'etwas eine Größenschwelle erfüllt',
        unknown: 'etwas unbekannt ist'
      },
      problems: {
        noClass: 'Wählen Sie mindestens eine Klasse.',
        noThreshold: 'Wählen Sie mindestens eine Größenschwelle.',
        count: 'Hier muss eine ganze Zahl ab 1 stehen.',
        repeated: 'Eine andere Regel hat schon diesen Namen.'
      }
    },
    outputs: {
      help: 'Wohin jedes Ergebnis neben der Antwort noch geht. Ein langsamer oder fehlender Empfänger bremst keine Vorhersage.',
      webhook: 'Webhook',
      add: 'Webhook hinzufügen',
      remove: 'Ausgang {{name}} entfernen',
      name: 'Name',
      url: 'Adresse, an die gesendet wird',
      when: 'Ergebnisse',
      all: 'jedes Ergebnis',
      some: 'nur bestimmte Prüfurteile',
      needsVerdict: 'Mit einem Prüfurteil lässt sich auswählen, was gesendet wird.',
      masks: 'Mit Masken',
      masksHelp: 'Ihre Polygone machen jede Nachricht größer.',
      unsigned: 'Nachrichten werden nicht signiert.',
      stored: 'Nachrichten werden mit dem gespeicherten Geheimnis signiert.',
      sign: 'Mit einem Geheimnis signieren',
      replace: 'Geheimnis ersetzen',
      unsign: 'Nicht signieren',
      keep: 'Gespeichertes behalten',
      secret: 'Geheimnis',
      secretHelp: 'Geben Sie dem Empfänger jetzt dasselbe: Nach dem Speichern wird es nicht mehr angezeigt.',
      limits: 'Grenzen',
      limitsBeside: 'aufgegeben nach {{age}} s; Antwort binnen {{timeout}} ms',
      timeoutMs: 'Antwort binnen',
      timeoutMsHelp: 'Bei einem langsameren Empfänger folgt ein neuer Versuch.',
      maxAgeSeconds: 'Aufgegeben nach',
      maxAgeSecondsHelp: 'Ältere Ergebnisse bewegen keine Weiche mehr.',
      queue: 'Länge der Warteschlange',
      queueHelp: 'So viele Ergebnisse dürfen warten; das älteste entfällt zuerst.',
      test: 'Verbindung testen',
      accepted: 'Der Empfänger hat die Testnachricht angenommen: {{status}} in {{ms}} ms.',
      problems: {
        repeated: 'Ein anderer Ausgang hat schon diesen Namen.',
        noVerdict: 'Dazu braucht es ein Prüfurteil, und die Einrichtung hat keines.',
        noOutcome: 'Wählen Sie mindestens ein Ergebnis.'
      }
    },
    sampling: {
      help: 'Welche Anfragen als Stichproben behalten werden, mit Bild und allen Vorhersagen. Eine zutreffende Regel genügt.',
      random: 'Zufällig',
      randomHelp: 'Behält einen Anteil der Anfragen, egal was gefunden wurde.',
      share: 'Anteil der Anfragen in Prozent',
      shareRange: 'Von 0 bis 100.',
      confidence: 'Nach Konfidenz',
      confidenceHelp:
        'Behält eine Anfrage, wenn die Konfidenz irgendeiner Vorhersage in diesem Bereich liegt, Grenzen eingeschlossen.',
      from: 'Niedrigste Konfidenz',
      to: 'Höchste Konfidenz',
      belowFloor:
        'Von {{from}} bis {{floor}} liegt der Bereich unter der Mindestkonfidenz: Diese Regel sieht auch dort nach und speichert, was sie findet, als Kandidaten, die nicht in der Antwort stehen.',
      filteredFile: 'Was die Datei dieses Modells selbst verwirft, ist nicht zu sehen.',
      classes: 'Nach Klasse',
      classesHelp: 'Behält eine Anfrage, wenn eine dieser Klassen gefunden wurde und nicht unbekannt ist.',
      noClass: 'Wählen Sie mindestens eine Klasse.',
      unknown: 'Unbekannte',
      unknownHelp: 'Behält eine Anfrage, wenn eine Vorhersage unter ihrer Klassenschwelle liegt.',
      unknownNever: 'In dieser Einrichtung hat keine Klasse eine Schwelle, also ist nichts unbekannt.',
      interval: 'Im Intervall',
      intervalHelp: 'Behält jedes Mal eine Anfrage, wenn so viele Sekunden vergangen sind.',
      seconds: 'Sekunden zwischen zwei Stichproben',
      secondsRange: 'Hier muss mehr als 0 stehen.',
      sizes: 'Nach Größe',
      sizesHelp: 'Behält eine Anfrage, wenn etwas eine dieser Größenschwellen erfüllt:',
      noSizes:
        'Behält eine Anfrage, wenn etwas eine Größenschwelle erfüllt, die mit „Als Stichprobe aufzeichnen“ markiert ist. Keine ist es.',
      nothing: 'Keine Anfrage wird aufgezeichnet.',
      anyOf: 'Eine Anfrage wird aufgezeichnet, wenn eines davon zutrifft: {{rules}}.',
      limits: 'Grenzen',
      limitsUsed_zero: 'keine; höchste Anzahl je Minute, Stunde, Tag',
      limitsUsed_one: 'in {{count}} Zeile',
      limitsUsed_other: 'in {{count}} Zeilen',
      limitsHelp: 'Leer heißt ohne Grenze. Was eine Grenze zurückhält, wird gezählt und angezeigt.',
      mostSamples: 'Höchstens',
      together: 'Alle Regeln zusammen',
      columns: {
        perMinute: 'je Minute',
        perHour: 'je Stunde',
        perDay: 'je Tag',
        leastIntervalMs: 'mind. ms Abstand'
      }
    },
    metadata: {
      help: 'Was jede Stichprobe dieser Inferenz neben den Standardangaben trägt. Eine Anfrage kann jeden Wert überschreiben.',
      key: 'Schlüssel',
      value: 'Wert',
      add: 'Hinzufügen',
      remove: '{{key}} entfernen',
      noKey: 'Diesem Wert fehlt ein Schlüssel.',
      repeated: '„{{key}}“ gibt es hier mehrfach.',
      override:
        'Eine Anfrage überschreibt einen Wert mit einem Header oder mit „metadata“ in einem Formular oder in JSON:',
      exampleKey: 'Ort',
      exampleValue: 'Halle 2',
      reserved: {
        timestamp: 'wann die Anfrage kam',
        inference: 'Name dieser Inferenz',
        run: 'ID des Laufs',
        model: 'Name und Version des Modells'
      }
    },
    thresholds: {
      help: 'Wie sicher sich das Modell bei einer Klasse sein muss, damit sie gilt. Was darunter liegt, heißt unbekannt.',
      label: 'Quelle',
      latest: 'Neueste Optimierung',
      earlier: 'Frühere: {{when}}, {{aim}}',
      earlierOther: 'Frühere: {{when}}, {{aim}}, Modell {{model}}',
      manual: 'Schwellen von Hand einstellen',
      none: 'Keine Klassenschwellen',
      about: {
        latest: 'Die von {{when}}, {{aim}}. Jeder Lauf nimmt, was bei seinem Start die neueste ist.',
        optimization: 'Bleibt, wie sie ist, auch wenn es neuere gibt.',
        manual: 'Jede Klasse von 0 bis 1; bei 0 ist sie nie unbekannt.',
        none: 'Nichts ist unbekannt.'
      },
      noOptimization: 'Dieses Projekt hat noch keine Optimierung, also wird nichts unbekannt sein.',
      otherModel:
        'Sie wurde mit einem anderen Modell berechnet, {{model}}. Konfidenzen zweier Modelle sind selten vergleichbar.',
      gone: 'Diese Optimierung gibt es nicht mehr. Wählen Sie eine andere.',
      belowFloor: 'Unter der Mindestkonfidenz von {{floor}}: ohne Wirkung.',
      lacks: 'Nicht in der Optimierung.',
      ofClass: 'Schwelle von {{name}}',
      ticks: 'Optimierungen setzen sie auf {{values}}.',
      tickLegend: 'Striche zeigen, wohin die Optimierungen dieses Projekts eine Klasse setzen.',
      find: 'Klasse suchen',
      moreClasses_one: '{{count}} weitere Klasse; suchen Sie sie nach ihrem Namen.',
      moreClasses_other: '{{count}} weitere Klassen; suchen Sie sie nach ihrem Namen.',
      evidence: 'Worauf sie beruht',
      evidenceTitle: 'Worauf die Klassenschwellen beruhen',
      aim: 'Ziel',
      computed: 'Berechnet',
      withModel: 'Mit dem Modell',
      basis: 'Auf Grundlage von',
      basisOf_one: '{{source}}; {{shown}} Bild',
      basisOf_other: '{{source}}; {{shown}} Bilder',
      note: 'Es gelten Vorhersagen ab der Schwelle. Precision sagt, wie viele davon richtig sind, Recall, wie viele von allen vorhandenen gefunden wurden.',
      columns: {
        class: 'Klasse',
        threshold: 'Schwelle',
        precision: 'Precision',
        recall: 'Recall',
        f1: 'F1',
        right: 'Richtig von gültigen',
        samples: 'Vorhanden',
        unknown: 'Unbekannt'
      },
      rightOf: '{{right}} von {{believed}}'
    }
  },
  labels: {
    count_one: '{{shown}} Stichprobe',
    count_other: '{{shown}} Stichproben',
    fresh_one: '{{count}} neue anzeigen',
    fresh_other: '{{count}} neue anzeigen',
    filters: { import: 'Import', inference: 'Inferenz' },
    dropFilter: 'Filter {{value}} entfernen',
    empty: 'Noch keine Stichproben',
    emptyText:
      'Hier steht jedes Bild, das eine Inferenz aufgezeichnet hat, mit dem, was sie gefunden hat. Welche aufgezeichnet werden, steht in ihrer Einrichtung.',
    toInferences: 'Zu den Inferenzen',
    nothing: 'nichts gefunden',
    onlyCandidates_one: '{{count}} unter der Mindestkonfidenz',
    onlyCandidates_other: '{{count}} unter der Mindestkonfidenz',
    unknown: 'unbekannt'
  },
  sample: {
    title: 'Stichprobe',
    gone: 'Diese Stichprobe gibt es nicht',
    goneText: 'Vielleicht wurde sie gelöscht.',
    place: '{{place}} von {{total}}',
    newer: 'Neuere Stichprobe',
    older: 'Ältere Stichprobe',
    strip: 'Stichproben neben dieser',
    layers: { predictions: 'Vorhersagen', masks: 'Masken', names: 'Namen' },
    togglePredictions: 'Vorhersagen ein- oder ausblenden',
    toggleMasks: 'Masken oder Boxen',
    toggleNames: 'Namen ein- oder ausblenden',
    predictions: 'Vorhersagen',
    candidates: 'Unter der Mindestkonfidenz',
    candidatesHelp: 'Nur von der Konfidenzregel gesehen; die Linie hat davon nichts erfahren.',
    box: '{{width}} × {{height}}\u00a0px',
    info: 'Angaben zur Stichprobe',
    timestamp: 'Zeitstempel',
    fromRequest: 'aus der Anfrage',
    verdict: 'Prüfurteil',
    because: 'Aufgezeichnet wegen',
    from: 'Herkunft',
    inference: 'Inferenz',
    import: 'Import',
    model: 'Modell',
    time: 'Zeit',
    timing: 'Dekodieren {{decode}}, Modell {{infer}}, gesamt {{total}} ms',
    file: 'Datei',
    picture: 'Bild',
    fileName: 'Name',
    request: 'Anfrage'
  },
  data: {
    imports: 'Importe',
    empty: 'Noch keine Importe',
    emptyText:
      'Jeder Lauf, der aufzeichnet, bekommt hier einen Ordner. Die Bilder darin sind auch ohne Lineside zu finden.',
    more: 'Mehr anzeigen',
    columns: { name: 'Name', origin: 'Herkunft', samples: 'Stichproben', size: 'Größe', fromTo: 'Von – bis' },
    origins: { run: 'Lauf', person: 'von Hand' },
    show: '{{name}} im Ordner anzeigen'
  },
  settings: {
    appearance: 'Darstellung',
    theme: 'Farbschema',
    themeHelp: 'Nur in diesem Fenster.',
    themes: { auto: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    language: 'Sprache',
    languageHelp: 'Nur in diesem Fenster. Was der Host meldet, bleibt englisch.',
    languages: { auto: 'Wie das System', en: 'English', de: 'Deutsch' },
    languageFailed: 'Die Sprache wurde nicht geladen',
    resources: 'Was Läufe nutzen dürfen',
    resourcesHelp:
      'Was keinen Platz hat, wartet in der Warteschlange. Ein leeres Feld ist der Standard; eine Änderung gilt sofort.',
    limits: { cpuThreads: 'CPU-Threads', memoryBytes: 'RAM', gpuMemoryBytes: 'GPU-Speicher' },
    inUse: '{{held}} von {{budget}} belegt',
    save: 'Grenzen speichern',
    notChanged: 'Die Einstellungen wurden nicht geändert',
    comeBack: 'Wieder anlaufen',
    comeBackHelp: 'Was lief, als Lineside oder der Rechner ausfiel, läuft beim nächsten Start wieder.',
    about: 'Über Lineside',
    aboutHelp: 'Diese Werte werden beim Start von Lineside festgelegt und gelten, solange es läuft.',
    version: 'Version',
    url: 'Adresse',
    dataFolder: 'Datenordner',
    bodyLimit: 'Größte Anfrage',
    pixelLimit: 'Größtes Bild',
    megapixels: '{{value}} Millionen Pixel',
    defaultThreads: 'Threads einer neuen Instanz',
    docs: 'API',
    openDocs: 'Dokumentation',
    workstation: 'Rechner',
    cores_one: '{{count}} Kern',
    cores_other: '{{count}} Kerne',
    gpu: 'GPU',
    noGpu: 'keine gefunden; die CPU rechnet',
    of: '{{used}} von {{total}}',
    health: 'Zustand',
    parts: { host: 'Host', database: 'Datenbank', disk: 'Festplatte', store: 'Label-Speicher', log: 'Protokolle' },
    diagnostics: 'Diagnose herunterladen',
    diagnosticsHelp:
      'Eine ZIP-Datei für alle, die Ihnen helfen: Versionen, Einstellungen, Protokolle, Zustand, Kennzahlen und der Stand der Datenbank. Keine Schlüssel, keine Bilder.'
  },
  apiKeys: {
    title: 'API-Schlüssel',
    new: 'Neuer Schlüssel',
    name: 'Name',
    namePlaceholder: 'Linie 7, SPS-Gateway',
    scopes: 'Was er erlaubt',
    scope: { predict: 'Vorhersagen', control: 'Steuern' },
    scopeHelp: {
      predict: 'Bilder senden und Vorhersagen erhalten.',
      control: 'Starten und stoppen, das Modell wechseln, das nächste Bild aufzeichnen.'
    },
    noScope: 'Wählen Sie mindestens eines',
    made: 'Erstellt',
    create: 'Schlüssel erstellen',
    createdTitle: 'Schlüssel „{{name}}“',
    createdText:
      'Kopieren Sie ihn jetzt: Er wird nur dieses eine Mal angezeigt. Die Liniensoftware sendet ihn als „Authorization: Bearer“, gefolgt vom Schlüssel.',
    secret: 'Der Schlüssel',
    done: 'Fertig',
    revoke: '„{{name}}“ widerrufen',
    revokeTitle: '„{{name}}“ widerrufen?',
    revokeText: 'Was diesen Schlüssel sendet, wird ab jetzt abgelehnt. Ein widerrufener Schlüssel kommt nicht zurück.',
    require: 'Schlüssel verlangen',
    requireHelp:
      'Jeder Aufruf braucht einen Schlüssel, auch von diesem Rechner. Nur solange das eingeschaltet ist, ist Lineside für andere Rechner erreichbar.'
  }
}

const confidence = {
  title: 'Mindestkonfidenz',
  help: 'Boxen unter dieser Konfidenz stehen nicht in der Antwort.'
}
const maxDetections = { title: 'Höchstzahl der Funde', help: 'Höchstens so viele Boxen je Bild in der Antwort.' }
const yoloParameters = {
  confidence,
  iou: {
    title: 'Überlappungsgrenze (IoU)',
    help: 'Überlappen sich zwei Boxen einer Klasse stärker, entfällt die mit der geringeren Konfidenz.'
  },
  maxDetections,
  classAgnostic: {
    title: 'Überlappung über Klassen hinweg',
    help: 'Verwirft überlappende Boxen auch bei verschiedenen Klassen.'
  }
}
const layoutTitle = 'Aufbau der Ausgabe'
const yoloOptions = {
  layout: {
    title: layoutTitle,
    help: 'columns: [1, 4 + Klassen, Anker]. rows: [1, Funde, 6], Überlappungen schon entfernt.'
  }
}

/** Titles and help of the families' fields, whose English stands in the contract's schemas. */
export const deFields: FieldWords = {
  parameters: {
    classifier: {
      topK: { title: 'Klassen in der Antwort', help: 'Wie viele Klassen eine Antwort nennt, die sicherste zuerst.' }
    },
    'yolo-detect': yoloParameters,
    'yolo-segment': yoloParameters,
    'yolo-obb': yoloParameters,
    pidnet: {
      minAreaPx: {
        title: 'Kleinste Region (px)',
        help: 'Regionen mit weniger Pixeln des Originalbilds stehen nicht in der Antwort.'
      },
      maxRegions: {
        title: 'Höchstzahl der Regionen',
        help: 'Höchstens so viele Regionen je Bild in der Antwort, die größte zuerst.'
      }
    },
    'rt-detr': { confidence, maxDetections },
    'rf-detr': { confidence, maxDetections }
  },
  options: {
    classifier: {
      activation: {
        title: 'Aktivierung',
        help: 'Was aus der Ausgabe Wahrscheinlichkeiten macht. auto: none, wenn eine Zeile schon die Summe 1 hat, sonst softmax.'
      }
    },
    'yolo-detect': yoloOptions,
    'yolo-segment': {
      layout: {
        title: layoutTitle,
        help: 'columns: [1, 4 + Klassen + Koeffizienten, Anker]. rows: [1, Funde, 6 + Koeffizienten].'
      }
    },
    'yolo-obb': yoloOptions,
    pidnet: {
      layout: {
        title: layoutTitle,
        help: 'nchw: [1, Klassen, h, w]. nhwc: [1, h, w, Klassen]. map: die Klasse jedes Pixels.'
      },
      alignCorners: {
        title: 'Ecken ausrichten',
        help: 'Wie Werte auf das Bild vergrößert werden: ein bei PIDNet, aus bei den meisten anderen.'
      },
      background: { title: 'Hintergrundklasse', help: 'Die Klasse, die nicht ausgegeben wird; leer, wenn alle gelten.' }
    },
    'rt-detr': {},
    'rf-detr': {
      firstClass: {
        title: 'Erste Klasse',
        help: 'Welcher Wert zur ersten Klasse gehört, wenn das Modell einen Wert mehr liefert, als es Klassen gibt.'
      }
    }
  }
}
