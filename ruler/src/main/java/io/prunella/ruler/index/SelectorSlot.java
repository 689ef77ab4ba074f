package io.prunella.ruler.index;

import io.prunella.compiler.rule.SeriesSelector;

/** A selector's column in the table of a subject's series. */
record SelectorSlot(int number, Meaning meaning) {

    /** What is selected; selectors of one text and metric mean the same. */
    record Meaning(int metric, SeriesSelector selector) {
        String text() {
            return metric + " " + selector.text();
        }
    }

    boolean takes(SeriesStore series, int candidate) {
        return series.metric[candidate] == meaning.metric() && meaning.selector().takes(series.labelsOf(candidate));
    }
}
