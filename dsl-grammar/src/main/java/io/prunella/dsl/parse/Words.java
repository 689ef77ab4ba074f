package io.prunella.dsl.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which words mean something, and where; no word is taken from users. */
final class Words {

    /** What a scanner stands in: it decides which words begin a clause. */
    enum Body {
        NONE, RULE, RECORD, SLO, SUPPRESS, GUARD, PACK, METRIC, EVENT, ACTION, CHANNEL, TEST
    }

    /** A word that is no clause of that body. */
    static final int NO_CLAUSE = 0;

    private static final Map<String, Integer> DECLARATIONS = new HashMap<>();
    private static final Map<String, Integer> SOFT = new HashMap<>();
    private static final Map<String, Integer> RULE = new HashMap<>();
    private static final Map<String, Integer> PACK = new HashMap<>();
    private static final Map<String, Integer> SUPPRESS = new HashMap<>();
    private static final Map<String, Integer> GUARD = new HashMap<>();
    private static final Map<String, Integer> RECORD = new HashMap<>();
    private static final Map<String, Integer> TEST = new HashMap<>();

    private Words() {}

    static {
        put(DECLARATIONS, Dl.D_RULE, "rule");
        put(DECLARATIONS, Dl.D_RECORD, "record");
        put(DECLARATIONS, Dl.D_SLO, "slo");
        put(DECLARATIONS, Dl.D_SUPPRESS, "suppress");
        put(DECLARATIONS, Dl.D_GUARD, "guard");
        put(DECLARATIONS, Dl.D_PACK, "pack");
        put(DECLARATIONS, Dl.D_METRIC, "metric");
        put(DECLARATIONS, Dl.D_EVENT, "event");
        put(DECLARATIONS, Dl.D_ACTION, "action");
        put(DECLARATIONS, Dl.D_CHANNEL, "channel");
        put(DECLARATIONS, Dl.D_TEST, "test");

        for (int type = Dl.AFTER; type <= Dl.ZONE; type++) {
            put(SOFT, type, Dl.VOCABULARY.getSymbolicName(type).toLowerCase(Locale.ROOT));
        }

        put(RULE, Dl.K_TEXT, "describe", "runbook");
        put(RULE, Dl.K_WORD, "severity", "mode", "group");
        put(RULE, Dl.K_MAP, "labels", "annotations");
        put(RULE, Dl.K_INT, "priority");
        put(RULE, Dl.K_BY, "by");
        put(RULE, Dl.K_PROM, "expr");
        put(RULE, Dl.K_DURATION, "every", "for", "keep_firing_for", "repeat", "cooldown");
        put(RULE, Dl.K_COND, "when", "unless", "until");
        put(RULE, Dl.K_STEPS, "then", "after", "rollback", "escalate");
        put(RULE, Dl.K_VERIFY, "verify");
        put(RULE, Dl.K_LIMIT, "limit");
        put(PACK, Dl.K_PROP, "version", "describe", "owner", "defaults");
        put(PACK, Dl.K_REQUIRES, "requires");
        put(SUPPRESS, Dl.K_DURATION, "window", "settle");
        put(SUPPRESS, Dl.K_COND, "when");
        put(SUPPRESS, Dl.K_OVERRIDES, "overrides");
        put(GUARD, Dl.K_COND, "when");
        put(GUARD, Dl.K_DENY, "deny");
        put(RECORD, Dl.K_PROM, "expr");
        put(RECORD, Dl.K_DURATION, "every");
        put(RECORD, Dl.K_WORD, "group");
        put(RECORD, Dl.K_MAP, "labels");
        put(TEST, Dl.K_GIVEN, "given");
        put(TEST, Dl.K_EXPECT, "expect");
        put(TEST, Dl.K_STUB, "stub");
        put(TEST, Dl.K_RESULT, "result");
    }

    private static void put(Map<String, Integer> words, int type, String... texts) {
        for (String text : texts) {
            words.put(text, type);
        }
    }

    /** The token type of a word in running text: one of grammar's words, else NAME. */
    static int typeOf(String word) {
        Integer soft = SOFT.get(word);
        if (soft != null) {
            return soft;
        }
        return switch (word.length()) {
            case 2 -> word.equalsIgnoreCase("or") ? Dl.OR : Dl.NAME;
            case 3 -> word.equalsIgnoreCase("and") ? Dl.AND : word.equalsIgnoreCase("not") ? Dl.NOT : Dl.NAME;
            case 4 -> word.equalsIgnoreCase("true") ? Dl.TRUE : Dl.NAME;
            case 5 -> word.equalsIgnoreCase("false") ? Dl.FALSE : Dl.NAME;
            default -> Dl.NAME;
        };
    }

    /** D_… of a word that begins declarations, else {@link #NO_CLAUSE}. */
    static int declaration(String word) {
        return DECLARATIONS.getOrDefault(word, NO_CLAUSE);
    }

    /** K_… of a word that begins a clause in such a body, else {@link #NO_CLAUSE}. */
    static int clause(Body body, String word) {
        return switch (body) {
            case NONE, RULE, METRIC, EVENT, CHANNEL -> RULE.getOrDefault(word, NO_CLAUSE);
            case RECORD -> RECORD.getOrDefault(word, NO_CLAUSE);
            case SUPPRESS -> SUPPRESS.getOrDefault(word, NO_CLAUSE);
            case GUARD -> GUARD.getOrDefault(word, NO_CLAUSE);
            case PACK -> PACK.getOrDefault(word, NO_CLAUSE);
            case TEST -> TEST.getOrDefault(word, NO_CLAUSE);
            case ACTION -> word.equals("uses") ? Dl.K_USES : Dl.K_PROP;
            case SLO -> word.equals("sli") ? Dl.K_PROM : word.equals("objective") ? Dl.K_OBJECTIVE : Dl.K_PROP;
        };
    }

    /** Clauses that such a body knows, for suggestions. */
    static List<String> clauses(Body body) {
        List<String> names = new ArrayList<>(switch (body) {
            case NONE, RULE, METRIC, EVENT, CHANNEL -> RULE.keySet();
            case RECORD -> RECORD.keySet();
            case SUPPRESS -> SUPPRESS.keySet();
            case GUARD -> GUARD.keySet();
            case PACK -> PACK.keySet();
            case TEST -> TEST.keySet();
            case ACTION, SLO -> List.<String>of();
        });
        names.sort(null);
        return names;
    }

    static List<String> declarations() {
        List<String> names = new ArrayList<>(DECLARATIONS.keySet());
        names.sort(null);
        return names;
    }

    static Body bodyOf(int declaration) {
        return switch (declaration) {
            case Dl.HEADLESS, Dl.D_RULE -> Body.RULE;
            case Dl.D_RECORD -> Body.RECORD;
            case Dl.D_SLO -> Body.SLO;
            case Dl.D_SUPPRESS -> Body.SUPPRESS;
            case Dl.D_GUARD -> Body.GUARD;
            case Dl.D_PACK -> Body.PACK;
            case Dl.D_METRIC -> Body.METRIC;
            case Dl.D_EVENT -> Body.EVENT;
            case Dl.D_ACTION -> Body.ACTION;
            case Dl.D_CHANNEL -> Body.CHANNEL;
            case Dl.D_TEST -> Body.TEST;
            default -> Body.NONE;
        };
    }

    /**
     * Clause words that never follow a value otherwise, so that one without its {@code :} is still seen as a clause
     * (and not, say, the {@code for} of a hold or the {@code every} of a verification).
     */
    static boolean alwaysClause(String word) {
        return switch (word) {
            case "when", "then", "unless", "until", "verify", "rollback", "escalate", "cooldown", "limit", "mode",
                    "priority", "severity", "labels", "annotations", "describe", "runbook", "repeat", "expr",
                    "keep_firing_for" ->
                true;
            default -> false;
        };
    }

    /** What may stand between {@code on} and {@code :}. */
    static boolean triggerKind(String word) {
        return switch (word) {
            case "event", "alert", "burn", "schedule" -> true;
            default -> false;
        };
    }

    /** Whether a clause or declaration begins with this token. */
    static boolean begins(int type) {
        return type >= Dl.HEADLESS;
    }

    static boolean beginsDeclaration(int type) {
        return type >= Dl.HEADLESS && type <= Dl.D_TEST;
    }
}
