// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** The JUnit Jupiter extension: labs and devices as parameters and fields of a test. */
@NullMarked
package dev.ringside.junit.jupiter;

import org.jspecify.annotations.NullMarked;
