package io.prunella.compiler.check;

import io.prunella.compiler.check.TemplateText.Piece;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.plan.Template.Part.Lookup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Checks the placeholders of a text. */
final class TemplateCheck {
    private static final Set<String> PLAIN = Set.of("rule", "entity", "result", "trace_id");
    private static final Set<String> WITH_PATH = Set.of("event", "label", "steps");
    private static final String ALL = "`rule`, `entity`, `event.x`, `label.x`, `value(x)`, `result`, `trace_id` and "
            + "`steps.<id>.<field>` can be used";

    private final Symbols symbols;
    private final Place place;
    private final Diagnostics problems;
    private final Collection<String> parameters;
    private final boolean anyEvent;

    /** For text of a rule, whose trigger says whether there is an event. */
    TemplateCheck(Symbols symbols, Place place, Diagnostics problems) {
        this(symbols, place, problems, List.of(), false);
    }

    private TemplateCheck(Symbols symbols, Place place, Diagnostics problems, Collection<String> parameters,
            boolean anyEvent) {
        this.symbols = symbols;
        this.place = place;
        this.problems = problems;
        this.parameters = parameters;
        this.anyEvent = anyEvent;
    }

    /** For text of an action, which any rule may run: its parameters can be used, and the event of whichever rule. */
    static TemplateCheck ofAction(Symbols symbols, Collection<String> parameters, Diagnostics problems) {
        return new TemplateCheck(symbols, new Place(Place.Kind.STEP, java.util.Optional.empty()), problems,
                List.copyOf(parameters), true);
    }

    void check(Expr.StringLiteral text) {
        for (Piece piece : TemplateText.pieces(text.text())) {
            switch (piece) {
                case Piece.Literal _ -> {
                    // Nothing to look up.
                }
                case Piece.Unclosed unclosed -> problems
                        .report(DiagnosticCode.UNCLOSED_PLACEHOLDER,
                                within(text, unclosed.start(), text.text().length()))
                        .message("`{{` has no `}}`");
                case Piece.Placeholder placeholder -> placeholder(placeholder,
                        within(text, placeholder.start(), placeholder.end()));
            }
        }
    }

    private void placeholder(Piece.Placeholder placeholder, Span span) {
        if (placeholder.lookup().isEmpty()) {
            unknown(placeholder.inside(), span);
            return;
        }
        Lookup lookup = placeholder.lookup().get();
        boolean path = !lookup.path().isEmpty();
        boolean known = path
                ? WITH_PATH.contains(lookup.root()) || lookup.root().equals("value")
                        || place.aliases().contains(lookup.root())
                : PLAIN.contains(lookup.root()) || parameters.contains(lookup.root());
        if (!known) {
            unknown(placeholder.inside(), span);
        } else if (place.aliases().contains(lookup.root()) || (lookup.root().equals(Place.EVENT) && !anyEvent)) {
            event(lookup, placeholder.inside(), span);
        } else if (lookup.root().equals("value") && symbols.metric(lookup.path().getFirst()).isEmpty()) {
            Spelling.warn("metric", lookup.path().getFirst(), span, symbols.metrics().keySet(), problems);
        }
    }

    private void event(Lookup lookup, String inside, Span span) {
        if (place.event().isEmpty()) {
            problems.report(DiagnosticCode.UNKNOWN_REFERENCE, span)
                    .message("`%s` speaks of an event, and no event starts this rule", inside)
                    .help("add a trigger such as `on event: \"node_unreachable\"`");
        } else if (!Attributes.BUILT_IN.contains(lookup.path().getFirst())) {
            Attributes.warnUndeclared(lookup.root(), lookup.path().getFirst(), span, place, symbols, problems);
        }
    }

    private void unknown(String inside, Span span) {
        List<String> names = new ArrayList<>(PLAIN);
        names.addAll(WITH_PATH);
        names.addAll(parameters);
        names.addAll(place.aliases());
        int end = inside.indexOf('.') < 0 ? inside.length() : inside.indexOf('.');
        problems.report(DiagnosticCode.UNKNOWN_PLACEHOLDER, span)
                .message("`{{ %s }}` stands for nothing", inside)
                .help(Closest.to(inside.substring(0, end), names).filter(n -> !inside.startsWith(n))
                        .map(n -> "did you mean `" + n + inside.substring(end) + "`?").orElse(ALL));
    }

    // Only where the text was written without escapes do its offsets tell places in the file.
    private static Span within(Expr.StringLiteral text, int start, int end) {
        Span whole = text.span();
        if (text.block() || whole.end() - whole.start() != text.text().length() + 2) {
            return whole;
        }
        int column = whole.column() + 1 + text.text().codePointCount(0, start);
        return new Span(whole.start() + 1 + start, whole.start() + 1 + end, whole.line(), column);
    }
}
