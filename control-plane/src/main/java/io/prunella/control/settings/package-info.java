/** What `prunella.yaml` and the environment say, checked as a whole before anything starts. */
@NullMarked
package io.prunella.control.settings;

import org.jspecify.annotations.NullMarked;
