/** Keeps on disk what is about to be done and what came of it, so that no heal is forgotten or silently repeated. */
@NullMarked
package io.prunella.executor.journal;

import org.jspecify.annotations.NullMarked;
