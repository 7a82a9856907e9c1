// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/**
 * The course of a lab that a test engine runs: opened, watched, checked, reported, closed. It knows
 * no engine; the extensions for JUnit Jupiter and jqwik are built on it, and a plain test may be.
 *
 * <pre>
 *   open --&gt; test --&gt; check --(fails)--&gt; report --&gt; close
 *              |         `-- LabCheck: conservation law, drops, bindings, requests, rings
 *              `-- WireTape per cable: what the report's captures are written from
 * </pre>
 *
 * <p>{@link dev.ringside.lifecycle.LabSession} is the door.
 */
@NullMarked
package dev.ringside.lifecycle;

import org.jspecify.annotations.NullMarked;
