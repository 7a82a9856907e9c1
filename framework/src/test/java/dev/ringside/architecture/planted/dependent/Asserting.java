// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture.planted.dependent;

import org.assertj.core.api.AbstractAssert;

/** Needs a library. */
public interface Asserting {
  AbstractAssert<?, ?> asserting();
}
