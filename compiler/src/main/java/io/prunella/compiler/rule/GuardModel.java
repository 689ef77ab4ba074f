package io.prunella.compiler.rule;

import java.util.List;

/**
 * What denies actions across rules.
 *
 * @param actions names of the actions that it denies
 * @param when while it is true, or unknown
 */
public record GuardModel(String name, List<String> actions, Condition when) {
    public GuardModel {
        actions = List.copyOf(actions);
    }
}
