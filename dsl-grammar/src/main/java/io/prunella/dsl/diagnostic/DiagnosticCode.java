package io.prunella.dsl.diagnostic;

/** The one catalog of everything that can be wrong with a text; a code, once published, keeps its meaning. */
public enum DiagnosticCode {
    // DL1xx: text and syntax
    NOT_UTF8("DL101", Severity.ERROR, "file is not UTF-8"), //
    FILE_TOO_LARGE("DL102", Severity.ERROR, "file is too large"), //
    NESTED_TOO_DEEP("DL103", Severity.ERROR, "nested too deep"), //
    UNEXPECTED_INPUT("DL104", Severity.ERROR, "unexpected input"), //
    UNKNOWN_CLAUSE("DL105", Severity.ERROR, "unknown clause"), //
    DUPLICATE_CLAUSE("DL106", Severity.ERROR, "clause written twice"), //
    UNTERMINATED_STRING("DL107", Severity.ERROR, "string without its end"), //
    BAD_ESCAPE("DL108", Severity.ERROR, "unknown escape in a string"), //
    BAD_NUMBER("DL109", Severity.ERROR, "number that cannot be read"), //
    DURATION_TOO_FINE("DL110", Severity.ERROR, "duration finer than a millisecond"), //
    OUT_OF_RANGE("DL111", Severity.ERROR, "value out of range"), //
    BAD_TIME_OF_DAY("DL112", Severity.ERROR, "no such time of day"), //
    UNKNOWN_WORD("DL113", Severity.ERROR, "word that is none of the choices"), //
    UNCLOSED_BRACKET("DL114", Severity.ERROR, "bracket without its partner"), //
    CHAINED_COMPARISON("DL115", Severity.ERROR, "comparisons in a chain"), //
    UNKNOWN_DECLARATION("DL116", Severity.ERROR, "unknown declaration"), //
    NOTHING_TO_FIRE_ON("DL117", Severity.ERROR, "rule with nothing to fire on"), //
    RULE_WITHOUT_HEADER("DL118", Severity.ERROR, "rule without a header after one with a header"), //
    WRONG_UNIT("DL119", Severity.ERROR, "number with the wrong unit"), //
    UNKNOWN_STEP("DL120", Severity.ERROR, "unknown step"), //
    MISSING_CLAUSE("DL121", Severity.ERROR, "clause that has to be there"), //
    UNKNOWN_UNIT("DL122", Severity.ERROR, "unknown unit"), //
    WRONG_QUOTES("DL123", Severity.ERROR, "quotes of another language"), //
    TOO_MANY_PROBLEMS("DL199", Severity.NOTICE, "too many problems to show"),

    // DL2xx: names, types and units
    UNKNOWN_ACTION("DL201", Severity.ERROR, "unknown action"), //
    UNDECLARED_ACTION("DL202", Severity.WARNING, "action that nothing declares"), //
    UNKNOWN_CHANNEL("DL203", Severity.ERROR, "unknown channel"), //
    UNDECLARED_CHANNEL("DL204", Severity.WARNING, "channel that nothing declares"), //
    DIFFERENT_DIMENSIONS("DL205", Severity.ERROR, "values of different dimensions"), //
    METRIC_IN_TWO_DIMENSIONS("DL206", Severity.ERROR, "metric used in different dimensions"), //
    NO_CONDITION("DL207", Severity.ERROR, "value where a condition belongs"), //
    WRONG_OPERATOR("DL208", Severity.ERROR, "operator that does not fit its values"), //
    BAD_PATTERN("DL209", Severity.ERROR, "regular expression that cannot be read"), //
    MISPLACED_DURATION("DL210", Severity.ERROR, "`duration` in the wrong place"), //
    UNKNOWN_ARGUMENT("DL211", Severity.ERROR, "argument that is not taken"), //
    MISSING_ARGUMENT("DL212", Severity.ERROR, "argument that is missing"), //
    WRONG_ARGUMENT("DL213", Severity.ERROR, "argument of the wrong type"), //
    BAD_SETTING("DL214", Severity.ERROR, "setting with a value that it cannot have"), //
    UNKNOWN_CHOICE("DL215", Severity.ERROR, "word that means nothing here"), //
    DUPLICATE_NAME("DL216", Severity.ERROR, "name given twice"), //
    RESERVED_NAME("DL217", Severity.ERROR, "name that is reserved"), //
    UNKNOWN_PLACEHOLDER("DL218", Severity.ERROR, "placeholder that stands for nothing"), //
    UNCLOSED_PLACEHOLDER("DL219", Severity.ERROR, "placeholder without its end"), //
    EMPTY_TARGET("DL220", Severity.ERROR, "target that is empty"), //
    UNKNOWN_TYPE("DL221", Severity.ERROR, "unknown type"), //
    BAD_SOURCE("DL222", Severity.ERROR, "source that does not fit the metric"), //
    UNKNOWN_FUNCTION("DL223", Severity.ERROR, "unknown function"), //
    UNKNOWN_REFERENCE("DL224", Severity.ERROR, "reference to nothing"), //
    MISPLACED_PROBE("DL225", Severity.ERROR, "probe in the wrong place"), //
    BAD_LIMIT("DL226", Severity.ERROR, "limit that limits nothing"), //
    UNKNOWN_PROPERTY("DL227", Severity.ERROR, "unknown property"), //
    MISSING_PROPERTY("DL228", Severity.ERROR, "property that is missing"), //
    WRONG_PROPERTY("DL229", Severity.ERROR, "property of the wrong kind"), //
    UNKNOWN_DRIVER("DL230", Severity.ERROR, "unknown driver"), //
    UNKNOWN_RULE("DL231", Severity.ERROR, "unknown rule"), //
    PERHAPS_MISSPELT("DL232", Severity.WARNING, "name that is nearly a declared one"), //
    UNDECLARED_ATTRIBUTE("DL233", Severity.WARNING, "attribute that the event does not declare"), //
    BAD_SCHEDULE("DL240", Severity.ERROR, "schedule that cannot be read"), //
    UNKNOWN_ZONE("DL241", Severity.ERROR, "time zone that does not exist"), //
    MISPLACED_WHERE("DL242", Severity.ERROR, "`where` over entities that cannot be counted so"), //
    UNCOMPUTABLE_TURN("DL243", Severity.ERROR, "time in a place where nothing tells when it turns"), //
    NOT_EXECUTED_YET("DL250", Severity.ERROR, "not executed yet"),

    // DL3xx: analysis
    NO_VERIFY("DL301", Severity.WARNING, "action without `verify`"), //
    DESTRUCTIVE_WITHOUT_LIMIT("DL302", Severity.WARNING, "destructive action without `limit`"), //
    DESTRUCTIVE_ON_SHORT_HOLD("DL303", Severity.WARNING, "destructive action on a short hold"), //
    MIXED_AND_OR("DL304", Severity.WARNING, "AND and OR without parentheses"), //
    TRAILING_FOR("DL305", Severity.WARNING, "`for` after an AND without parentheses"), //
    HOLD_OUTLIVES_TRIGGER("DL306", Severity.WARNING, "hold longer than its trigger stays open"), //
    NEVER_TRUE("DL307", Severity.WARNING, "condition that can never be true"), //
    ALWAYS_TRUE("DL308", Severity.WARNING, "condition that is always true"), //
    SHADOWED_RULE("DL309", Severity.WARNING, "rule that another one repeats"), //
    NEVER_OF_ONE_SERIES("DL310", Severity.WARNING, "condition that no one series meets"), //
    REPEATED_ACTION("DL311", Severity.WARNING, "action that two rules do at once"), //
    UNDONE_ACTION("DL312", Severity.WARNING, "action that another rule takes back"), //
    HEAL_LOOP("DL313", Severity.WARNING, "rule that can start itself"), //
    NEVER_SUPPLIED("DL314", Severity.WARNING, "metric or event that no test or recording has"), //
    POINTLESS_LIMIT("DL315", Severity.WARNING, "limit or repeat that changes nothing"), //
    IDLE_GUARD("DL316", Severity.WARNING, "guard of an action that no rule does"), //
    CHANNEL_CYCLE("DL317", Severity.WARNING, "channels that fall back on each other"), //
    SLO_TIER_NEVER_FIRES("DL318", Severity.WARNING, "burn rate that is never reached"), //
    NAMED_TWICE("DL319", Severity.WARNING, "alternative that is named twice"),

    // DL4xx: packs
    NO_RULES("DL401", Severity.ERROR, "pack without rules"), //
    OUTSIDE_PACK("DL402", Severity.ERROR, "path that leads outside the pack"), //
    MISSING_FILE("DL403", Severity.ERROR, "file that does not exist"), //
    SECOND_HEADER("DL404", Severity.ERROR, "second header of a pack");

    private final String id;
    private final Severity severity;
    private final String title;

    DiagnosticCode(String id, Severity severity, String title) {
        this.id = id;
        this.severity = severity;
        this.title = title;
    }

    /** Stable, e.g. {@code DL104}. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** A few words, as the page of this code is headed. */
    public String title() {
        return title;
    }
}
