// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Naive reference twins of Ringside's systems, and action chains that compare the two. */
@NullMarked
package dev.ringside.jqwik.model;

import org.jspecify.annotations.NullMarked;
