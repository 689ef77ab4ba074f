package io.prunella.control.settings;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may stand behind a key. */
sealed interface Shape {

    /** Why {@code text} does not fit, in words that follow the back-quoted value. */
    Optional<String> complaint(String text);

    /** One of a few words; case and {@code -} for {@code _} do not matter. */
    record OneOf(List<String> words) implements Shape {
        OneOf(String... words) {
            this(List.of(words));
        }

        @Override
        public Optional<String> complaint(String text) {
            return words.contains(relaxed(text))
                    ? Optional.empty()
                    : Optional.of("is none of `" + String.join("`, `", words) + "`");
        }

        static String relaxed(String text) {
            return text.toLowerCase(java.util.Locale.ROOT).replace('-', '_');
        }
    }

    /** A length of time as in rules, {@code 1h30m}. */
    record Length(long leastMillis) implements Shape {
        static final String REGEX = "([0-9]+(ms|s|m|h|d|w))+";
        private static final Pattern PART = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d|w)");

        @Override
        public Optional<String> complaint(String text) {
            OptionalLong millis = millis(text);
            if (millis.isEmpty()) {
                return Optional.of("is no length of time such as `90s` or `1h30m`");
            }
            return millis.getAsLong() < leastMillis
                    ? Optional.of("is less than `" + leastMillis + "ms`")
                    : Optional.empty();
        }

        static OptionalLong millis(String text) {
            long sum = 0;
            int end = 0;
            Matcher part = PART.matcher(text);
            while (part.find() && part.start() == end) {
                sum += Long.parseLong(part.group(1)) * unit(part.group(2));
                end = part.end();
            }
            return end == text.length() && end > 0 ? OptionalLong.of(sum) : OptionalLong.empty();
        }

        private static long unit(String name) {
            return switch (name) {
                case "ms" -> 1;
                case "s" -> 1_000;
                case "m" -> 60_000;
                case "h" -> 3_600_000;
                case "d" -> 86_400_000;
                default -> 604_800_000;
            };
        }
    }

    /** A whole number, both ends included. */
    record Count(int least, int most) implements Shape {
        @Override
        public Optional<String> complaint(String text) {
            if (!text.matches("[0-9]{1,9}")) {
                return Optional.of("is no whole number");
            }
            int value = Integer.parseInt(text);
            return value < least || value > most
                    ? Optional.of("is not in " + least + ".." + most)
                    : Optional.empty();
        }
    }

    /** A part of a whole, {@code 30%}. */
    record Percent() implements Shape {
        static final String REGEX = "[0-9]{1,3}(\\.[0-9]{1,6})?%";

        @Override
        public Optional<String> complaint(String text) {
            if (!text.matches(REGEX)) {
                return Optional.of("is no percentage such as `30%`");
            }
            return part(text) > 1 ? Optional.of("is more than all") : Optional.empty();
        }

        static double part(String text) {
            return new java.math.BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(2).doubleValue();
        }
    }

    /** A whole number from 1, or a part of a whole. */
    record CountOrPercent() implements Shape {
        static final String REGEX = "[1-9][0-9]{0,8}|" + Percent.REGEX;

        @Override
        public Optional<String> complaint(String text) {
            return text.matches("[1-9][0-9]{0,8}")
                    ? Optional.empty()
                    : new Percent().complaint(text).map(_ -> "is neither a whole number nor a percentage such as `5%`");
        }
    }

    /** So many in a time, {@code 2 per 24h}. */
    record Rate() implements Shape {
        static final String REGEX = "[1-9][0-9]{0,8} per " + Length.REGEX;

        @Override
        public Optional<String> complaint(String text) {
            return text.matches(REGEX) && millis(text) > 0
                    ? Optional.empty()
                    : Optional.of("is nothing such as `2 per 24h`");
        }

        static int count(String text) {
            return Integer.parseInt(text.substring(0, text.indexOf(' ')));
        }

        static long millis(String text) {
            return Length.millis(text.substring(text.lastIndexOf(' ') + 1)).orElse(0);
        }
    }

    /** {@code host:port}, with or without {@code redis://} before it. */
    record Address() implements Shape {
        static final String REGEX = "(rediss?://)?[^:/\\s]+:[0-9]{1,5}";

        @Override
        public Optional<String> complaint(String text) {
            return text.matches(REGEX) ? Optional.empty() : Optional.of("is no address `host:port`");
        }
    }

    record Text() implements Shape {
        @Override
        public Optional<String> complaint(String text) {
            return text.isBlank() ? Optional.of("is empty") : Optional.empty();
        }
    }

    /** A list; in the environment, separated by commas. */
    record Several(Shape each) implements Shape {
        @Override
        public Optional<String> complaint(String text) {
            return each.complaint(text);
        }
    }
}
