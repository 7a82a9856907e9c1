// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** AssertJ assertions for every device of a lab. */
@NullMarked
package dev.ringside.assertj;

import org.jspecify.annotations.NullMarked;
