/**
 * Keeps two executors from acting on one target at once: the claim on a target, who holds it, and the token that
 * tells an older holder from a newer one.
 */
@NullMarked
package io.prunella.executor.lock;

import org.jspecify.annotations.NullMarked;
