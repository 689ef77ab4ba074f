package io.prunella.compiler.drools;

/** The decision's conditions in words that DRL takes as they are, and the model as the ids of its predicates. */
final class Terms {
    static final String WITH_EVENT = "byEvent == true";
    static final String SAME_PAIR = "pair == $breach.pair";
    static final String OF_THE_EVENT = "fits( $breach )";
    static final String SAME_KEY = "key == $demand.key";
    static final String SAME_KIND = "kind == $demand.kind";
    static final String STILL_HELD = "lasts( $demand.ts )";
    static final String COUNTED = "counted == true";
    static final String ABOVE = "entity == $below.above";
    static final String EXPLAINS = "$below.follows( this )";
    static final String USED_UP = "spent( $demand.ts, $demand.room )";

    private Terms() {}

    /** Only this number: the constant is part of the id, since Drools shares nodes by it. */
    static String ofRule(int number) {
        return "rule == " + number;
    }
}
