/** What is to be done when a rule fires: the one thing that the compiler writes and the executor reads. */
@NullMarked
package io.prunella.plan;

import org.jspecify.annotations.NullMarked;
