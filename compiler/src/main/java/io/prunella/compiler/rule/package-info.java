/** What rules mean, as pure data: the one thing that the checks write and the ruler reads. */
@NullMarked
package io.prunella.compiler.rule;

import org.jspecify.annotations.NullMarked;
