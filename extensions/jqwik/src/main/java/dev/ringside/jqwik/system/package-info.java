// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
/**
 * Whole labs under every command at once, compared with a simple reference after each of them.
 *
 * <pre>
 *   LabPlan ----- what the lab is like -----.
 *   LabStep ----- one command, by numbers ---&gt; LabRun: carries it out on the lab, tells the twin,
 *   LabActions -- chains of steps ----------'          looks what has arrived where, compares
 *                                                         |
 *                                                      LabTwin: who reaches whom, who is where
 * </pre>
 *
 * <p>A command names hosts, NICs and virtual machines by numbers, which count round those that
 * there are when its turn comes. So every step fits every lab, and scripts shrink freely.
 */
@NullMarked
package dev.ringside.jqwik.system;

import org.jspecify.annotations.NullMarked;
