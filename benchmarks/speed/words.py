"""The words that ``synthetic`` builds invented records from."""

GIVEN = tuple(
    "Ada Adaeze Aino Álvaro Amélie Anders Aoife Beatriz Benoît Björn Bożena Carla Chiara Chidi "
    "Clémence Dagný Daniel Élodie Emeka Emre Eszter Fatima Femke Frida Gáspár Giulia Gökhan Hana "
    "Hiroshi Ingrid Ines Ivana Jana Jean-Luc Jiří José Junko Kamala Karl-Heinz Katarzyna Kenji "
    "Lars Leïla Luca Łukasz Maeve Maria-José Marek Mehmet Mina Naomi Nguyet Niamh Noor Olga "
    "Paloma Petra Priya Rafael Renée Rosa Ruth Sanjay Satu Šárka Selin Siobhán Sofía Stefan "
    "Tariq Tomás Ulrike Umberto Valérie Víctor Wanda Xiaoling Yuki Yvonne Zeynep Zoë Željko".split()
)
FAMILIES = tuple(
    "Abernal Adelmeyer Åkerlind Albrandt Almarón Amberley Ardinghel Arvanto Bálintffy Barrowick "
    "Bellandra Bergqvistel Blomgrenson Bognárdi Brandvold Calderwick Campobrano Cavendale "
    "Čermákovec Chaudremont Dahlmarken Delacrozier Dömötörfi Dunmorrow Eberlingen Echevarrón "
    "Egerváry-Holm Eriksvall Fairweathers Ferrandini Fjeldsøe Fontanella Gallowmere Gerstenberger "
    "Giordanelli Gómez-Larrea Grünewaldt Habermannson Hakkarinen Halvorsund Hazelbrook Hernándiz "
    "Holmström-Lind Ibarrondo Inoueda Ishikawara Jankovičan Jørgensund Kaczmarkiewicz Karlsruder "
    "Kessenbrock Kobayashino Kowalczenko Lagerbäck Langermark Larraminta Lindenholt Lövenborg "
    "Mackenrow Malinovska Marchettini Mbekwani Medinilla Mikkelborg Montclair Müllenbach "
    "Nakanishiro Navarredo Nørremark Nwachukwudi O’Brannigan O’Dellamore Oberhausen Okonjoba "
    "Ørnstedt Ostrowiecki Özdemiroğlu Papadelis Pellegrand Petrosyanov Quillfeather Quirogas "
    "Ramanathala Rasmunder Reinholz Rosentraub Sandovalle Satopää Schönfelder Sigurdsvik "
    "Smith-Wexley Söderhjelm Srinivasani Steinmetzer Szabolcsi Tanakawa Thorvaldson Tremblowe "
    "Uchimurata Ulvestadt Valderrábano Vandermolen Vesterlund Vučetićan Wallensten Westermarck "
    "Whitcombely Wiśniewicz Xiangli Yamashirota Yıldırımel Zambranez Zeitlinger Żurawskin".split()
)
PARTICLES = ("van der", "van", "von", "de", "Del", "de la", "Di", "ten", "van den")
SUFFIXES = ("Jr", "II", "III")
LETTERS = "ABCDEFGHJKLMNPRSTW"
GROUPS = (
    "Invented Lupus Study Group",
    "Example Arthritis Registry Investigators",
    "Imagined Vasculitis Consortium",
    "Muster Cohort Collaborators",
)
UNITS = (
    "Division of Rheumatology",
    "Department of Internal Medicine",
    "Department of Biostatistics & Bioinformatics",
    "Institute of Immunology",
    "Section of Pediatric Rheumatology",
    "Department of Epidemiology",
    "Clinic for Rheumatology and Immunology",
    "Center for Outcomes Research",
    "Laboratory of Molecular Medicine",
    "School of Public Health",
)
UNIVERSITIES = (
    "University of {}",
    "{} General Hospital",
    "{} Medical Center",
    "Hôpital Imaginaire de {}",
    "Universitätsklinikum {}",
    "{} Research Institute",
    "Saint Example’s Hospital {}",
    "{} Children’s Hospital",
)
CITIES = (
    "Exampleton, NY",
    "Mockford, MA",
    "Sampleville, CA",
    "Fiction City, TX",
    "Placeholder Falls, MN",
    "Musterstadt, Germany",
    "Ejemplar, Spain",
    "Châteaufictif, France",
    "Esempio, Italy",
    "Voorbeeld, Netherlands",
    "Eksempelby, Denmark",
    "Exempelborg, Sweden",
    "Przykładów, Poland",
    "Mihonmachi, Japan",
    "Yangbenshi, China",
    "Örnekköy, Turkey",
    "Inventville, QC, Canada",
    "Nowhere Bay, Australia",
)
COMPANIES = (
    "Example Pharma",
    "Sample Bio",
    "Mock Therapeutics",
    "Muster AG",
    "Placeholder Labs",
    "Invented Biologics",
    "Fictional Diagnostics",
)
KEYWORDS = (
    "Autoantibody(ies)",
    "Biomarkers",
    "Cohort Study",
    "Cytokines",
    "Disease Activity",
    "Epidemiology",
    "Health Services Research",
    "Imaging",
    "Invented Outcomes",
    "Interferon",
    "Lupus nephritis",
    "Osteoarthritis",
    "Pediatric rheumatology",
    "Quality of life",
    "Registry",
    "Synovitis",
    "T Cells",
    "Vasculitis",
)
SESSIONS = (
    "Systemic Lupus Erythematosus – Invented Poster I",
    "Rheumatoid Arthritis – Diagnosis & Outcomes Poster II",
    "Pediatric Rheumatology – Example Poster I",
    "Vasculitis – Non-ANCA Poster III",
    "Spondyloarthritis Including Psoriatic Arthritis – Sample Poster II",
    "Osteoarthritis – Mock Poster",
    "Epidemiology & Public Health Poster I",
)
NOUNS = (
    "Swelling Scores",
    "Imagined Cytokines",
    "Synovial Murmurs",
    "Joint Counts",
    "Morning Stiffness Diaries",
    "B Cell Weather",
    "Tendon Echoes",
    "Interferon Tides",
    "Grip Strength Songs",
    "Autoantibody Ledgers",
    "Patient Reported Clouds",
    "Ultrasound Shadows",
    "Infusion Calendars",
    "Fatigue Lanterns",
    "Serum Almanacs",
    "Bone Density Maps",
    "Complement Clocks",
    "Glucocorticoid Receipts",
    "Skin Score Atlases",
    "Remission Postcards",
)
DISEASES = (
    "Invented Arthritis",
    "Example Lupus",
    "Mock Vasculitis",
    "Early Placeholder Spondylitis",
    "Juvenile Sample Disease",
    "Sjögren-Like Imaginary Syndrome",
    "Fictional Systemic Sclerosis",
    "Müller-Muster Syndrome",
    "Adult-Onset Hypothetical Fever",
    "Crystal Pseudo-Gout",
    "Difficult-to-Invent Myositis",
    "Seronegative Example Arthritis",
)
ADJECTIVES = (
    "Longitudinal",
    "Unexpected",
    "Weekly",
    "Reproducible",
    "Borderline",
    "High-Resolution",
    "Self-Reported",
    "Persistent",
    "Baseline",
    "Sex-Specific",
    "Early",
    "Late-Night",
)
OUTCOMES = (
    "A Registry of Nobody",
    "Results from the IMAGINE Cohort",
    "An International Survey That Was Never Sent",
    "A Post Hoc Analysis of an Invented Trial",
    "Twelve-Week Findings",
    "a Nested Case-Control Study",
    "Does It Matter?",
    "Lessons of a Made-Up Decade",
    "A Systematic Review of Empty Shelves",
)
SENTENCES = (
    "Nobody had counted the {noun} of {n} invented patients with {disease} before.",
    "We asked {n} imagined participants with {disease} about their {adjective} {noun}.",
    "Of these, {m}% (95% CI {p}–{m}) kept their {noun}, and the others invented new ones.",
    "The {adjective} group improved by {p}.{m} ± 0.{p} points (p < 0.0{p}), as made-up data do.",
    "A model of {noun}, adjusted for age & sex, gave an odds ratio of 1.{p} in {disease}.",
    "Titres above {n} µg/L and CD19⁺ cells ≤ {m} per m² were noted at week {p}.",
    "Disagreement between “{adjective}” and other readers was settled by tossing a coin {p} times.",
    "Where {noun} were missing ({m} of {n}), they stayed missing; nothing was imputed.",
    "Neither {adjective} scores nor the {noun} differed between visits (Δ = {p}/{n}, IC₅₀ > {m}).",
    "Patients’ {noun} were drawn by lot, stored at −{m} °C, and forgotten for {p} weeks.",
    "In {disease}, {adjective} {noun} seem to be as frequent as anyone cares to imagine.",
)
