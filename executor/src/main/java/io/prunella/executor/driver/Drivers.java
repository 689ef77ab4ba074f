package io.prunella.executor.driver;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The drivers of a process, by the name that stands in {@code uses:}. */
@FunctionalInterface
public interface Drivers {

    Optional<ActionDriver> named(String name);

    /** Those given, and no other. */
    static Drivers of(ActionDriver... drivers) {
        Map<String, ActionDriver> byName = Stream.of(drivers)
                .collect(Collectors.toUnmodifiableMap(ActionDriver::name, Function.identity()));
        return name -> Optional.ofNullable(byName.get(name));
    }

    /** One for every action, declared or not: what tests and simulations hand in. */
    static Drivers always(ActionDriver driver) {
        return _ -> Optional.of(driver);
    }
}
