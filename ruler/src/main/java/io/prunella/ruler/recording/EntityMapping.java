package io.prunella.ruler.recording;

import io.prunella.compiler.rule.SeriesSelector.LabelMatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a record is about that does not say so itself: {@code entities} of a server's configuration.
 *
 * @param rules in order: the first that fits and finds a name gives it
 * @param aliases other names of entities, to the one that is meant
 */
public record EntityMapping(List<Rule> rules, Map<String, String> aliases) {
    private static final String INSTANCE = "instance";

    /** What a server does unless told, kube-state-metrics first: it speaks for others, so its address names nobody. */
    public static final EntityMapping DEFAULT = new EntityMapping(List.of(
            new Rule(List.of(new LabelMatch.Equal("job", "kube-state-metrics")),
                    List.of(Name.of("pod", "{namespace}/{pod}"), Name.of("deployment", "{namespace}/{deployment}"),
                            Name.of("statefulset", "{namespace}/{statefulset}"),
                            Name.of("daemonset", "{namespace}/{daemonset}"), Name.of("node", "{node}"),
                            Name.of("namespace", "{namespace}"))),
            new Rule(List.of(), List.of(Name.of("node", "{node}"), Name.of("node", "{instance:host}")))), Map.of());

    public EntityMapping {
        rules = List.copyOf(rules);
        aliases = Map.copyOf(aliases);
    }

    /**
     * Names for the series that match.
     *
     * @param match all of them; an absent label is the empty string
     * @param first the first whose labels all exist
     */
    public record Rule(List<LabelMatch> match, List<Name> first) {
        public Rule {
            match = List.copyOf(match);
            first = List.copyOf(first);
        }

        private boolean fits(Map<String, String> labels) {
            return match.stream().allMatch(one -> one.takes(labels.getOrDefault(one.label(), "")));
        }
    }

    /**
     * A kind and what its name is made of.
     *
     * @param template text with labels in braces, {@code {namespace}/{pod}}; {@code {instance:host}} leaves a port out
     */
    public record Name(String kind, String template) {
        private static final Pattern LABEL = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)(:host)?}");
        private static final Pattern TEMPLATE = Pattern
                .compile("([^{}]|\\{[A-Za-z_][A-Za-z0-9_]*(:host)?})*");

        static Name of(String kind, String template) {
            return new Name(kind, template);
        }

        /** Whether a template is one that names somebody. */
        public static boolean readable(String template) {
            return TEMPLATE.matcher(template).matches() && LABEL.matcher(template).find();
        }

        private boolean asks(String label) {
            Matcher labels = LABEL.matcher(template);
            while (labels.find()) {
                if (labels.group(1).equals(label)) {
                    return true;
                }
            }
            return false;
        }

        private Optional<String> of(Map<String, String> labels) {
            StringBuilder name = new StringBuilder();
            Matcher parts = LABEL.matcher(template);
            while (parts.find()) {
                String value = labels.getOrDefault(parts.group(1), "");
                if (parts.group(2) != null) {
                    value = host(value);
                }
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                parts.appendReplacement(name, Matcher.quoteReplacement(value));
            }
            parts.appendTail(name);
            return Optional.of(kind.equals("node") ? name.toString() : kind + "/" + name);
        }

        private static String host(String address) {
            int port = address.lastIndexOf(':');
            return port < 0 || address.endsWith("]") ? address : address.substring(0, port);
        }
    }

    /** Whom these labels mean; empty when they name nobody. */
    public Optional<String> of(Map<String, String> labels) {
        boolean forOthers = false;
        for (Rule rule : rules) {
            if (rule.fits(labels)) {
                for (Name name : rule.first()) {
                    Optional<String> found = forOthers && name.asks(INSTANCE) ? Optional.empty() : name.of(labels);
                    if (found.isPresent()) {
                        return found.map(this::meant);
                    }
                }
                forOthers |= !rule.match().isEmpty() && rule.first().stream().noneMatch(name -> name.asks(INSTANCE));
            }
        }
        return Optional.empty();
    }

    /** The one name of an entity that has several. */
    public String meant(String entity) {
        return aliases.isEmpty() ? entity : aliases.getOrDefault(entity, entity);
    }
}
