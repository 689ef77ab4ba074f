package io.prunella.cli;

import picocli.AutoComplete;
import picocli.CommandLine;

@CommandLine.Command(name = "completion", mixinStandardHelpOptions = true, description = "Prints a completion script for a shell.", footer = {
        "", "bash: prunella completion bash > /etc/bash_completion.d/prunella",
        "zsh:  source <(prunella completion zsh)",
        "fish: prunella completion fish > ~/.config/fish/completions/prunella.fish"})
final class CompletionCommand implements Action {

    /** The shells that we can write for. */
    enum Kind {
        bash, zsh, fish
    }

    private final Shell shell;

    @CommandLine.Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    private Kind kind = Kind.bash;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        CommandLine root = spec.root().commandLine();
        shell.out().print(switch (kind) {
            case bash, zsh -> AutoComplete.bash("prunella", root);
            case fish -> fish(root);
        });
        return Exit.OK;
    }

    private static String fish(CommandLine root) {
        StringBuilder script = new StringBuilder("complete -c prunella -f -n __fish_use_subcommand\n");
        root.getSubcommands().forEach((name, command) -> {
            script.append("complete -c prunella -f -n __fish_use_subcommand -a ").append(name).append(" -d ")
                    .append(quoted(firstLine(command.getCommandSpec().usageMessage().description()))).append('\n');
            for (CommandLine.Model.OptionSpec option : command.getCommandSpec().options()) {
                script.append("complete -c prunella -n '__fish_seen_subcommand_from ").append(name).append('\'');
                for (String typed : option.names()) {
                    script.append(typed.startsWith("--") ? " -l " + typed.substring(2) : " -s " + typed.substring(1));
                }
                if (option.arity().max() > 0) {
                    script.append(" -r");
                }
                script.append(" -d ").append(quoted(firstLine(option.description()))).append('\n');
            }
        });
        return script.toString();
    }

    private static String firstLine(String... description) {
        return description.length == 0 ? "" : description[0].replace("%n", "").replace("%%", "%");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
