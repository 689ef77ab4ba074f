package io.prunella.compiler.check;

import io.prunella.compiler.rule.PackRequirement;
import io.prunella.plan.Mode;
import io.prunella.plan.Step.OnFailure;
import java.util.List;
import java.util.Optional;

/**
 * What {@code pack} says; without it, the folder's or file's name and version {@code 0.0.0}.
 */
public record PackHeader(String name, String version, Defaults defaults, List<PackRequirement> requires) {
    public PackHeader {
        requires = List.copyOf(requires);
    }

    /** One that requires no other. */
    PackHeader(String name, String version, Defaults defaults) {
        this(name, version, defaults, List.of());
    }

    /** What every rule and step inherits that does not say otherwise. */
    public record Defaults(Optional<Mode> mode, Optional<String> severity, Optional<Long> priority,
            Optional<Long> cooldownMillis, Optional<Long> timeoutMillis, Optional<Integer> retry,
            Optional<OnFailure> onFailure) {
        public static final Defaults NONE = new Defaults(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
