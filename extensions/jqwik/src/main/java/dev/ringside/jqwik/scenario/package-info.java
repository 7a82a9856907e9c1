// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/**
 * What happens in a property: a {@link dev.ringside.jqwik.scenario.LabTopology} and the {@link
 * dev.ringside.jqwik.scenario.Step}s of a script, together a {@link
 * dev.ringside.jqwik.scenario.Scenario}.
 */
@NullMarked
package dev.ringside.jqwik.scenario;

import org.jspecify.annotations.NullMarked;
