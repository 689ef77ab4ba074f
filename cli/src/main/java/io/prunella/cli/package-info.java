/** What an SRE types: the commands, what they print and how they end. */
@NullMarked
package io.prunella.cli;

import org.jspecify.annotations.NullMarked;
