// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** What a lab costs, against what it replaces. */
@NullMarked
package dev.ringside.benchmarks;

import org.jspecify.annotations.NullMarked;
