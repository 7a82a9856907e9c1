// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.answered;
import static dev.ringside.properties.defects.Edits.returns;
import static dev.ringside.properties.defects.Edits.swapped;
import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.S4;

import java.util.List;

/** What can be wrong with transmit buffers. */
final class BufferDefects {

  private BufferDefects() {}

  static List<Defect> all() {
    return List.of(
        new Defect(
            S4,
            "distances are read the wrong way round",
            "BufferProperties.the_choice_is_the_best_of_all_at_every_step_as_brute_force_finds_it",
            Component.of("memory.BufferChooser").with("addNic", swapped("NumaTopology.distance"))),
        new Defect(
            S4,
            "the application counts as on node 0",
            "BufferProperties.the_choice_is_the_best_of_all_at_every_step_as_brute_force_finds_it",
            Component.of("memory.BufferChooser")
                .with("collect(Application, int)", without("Application.location"))),
        new Defect(
            S4,
            "ties go to the last node",
            "BufferProperties.other_numbers_for_the_nodes_give_the_same_answer_up_to_a_tie",
            Component.of("memory.CostPolicy").with("isCheaper", answered("BufferOffer.beats", 1))),
        new Defect(
            S4,
            "the buffer of a packet that has left is not given back",
            "BufferTrafficProperties.no_buffer_is_lost_and_no_packet_is_sent_twice_whatever_happens",
            Component.of("nic.TransmitRing").with("completed", without("RingBuffers.hasLeft"))),
        new Defect(
            S4,
            "a buffer that is given back wakes nobody",
            "BufferTrafficProperties.no_buffer_is_lost_and_no_packet_is_sent_twice_whatever_happens",
            Component.of("memory.TransmitBuffers").with("give", without("WaitQueue.wake"))),
        new Defect(
            S4,
            "memory that is plugged in wakes nobody",
            "BufferProperties.who_comes_first_is_served_first_and_nobody_waits_while_a_buffer_is_free",
            Component.of("memory.TransmitBuffers")
                .with("lambda$addBuffers$*", without("WaitQueue.wake"))),
        new Defect(
            S4,
            "buffers of an application that has ended leak",
            "BufferProperties.the_choice_is_the_best_of_all_at_every_step_as_brute_force_finds_it",
            Component.of("memory.TransmitBuffers").with("end", without("TransmitBuffer.reclaim"))),
        new Defect(
            S4,
            "a buffer that a card reads counts as allocated, too",
            "BufferProperties.the_choice_is_the_best_of_all_at_every_step_as_brute_force_finds_it",
            Component.of("memory.TransmitBuffer")
                .with("beginDma", without("NumaNode.addAllocated"))),
        new Defect(
            S4,
            "buffers are taken for cards that do not work",
            "BufferProperties.who_comes_first_is_served_first_and_nobody_waits_while_a_buffer_is_free",
            Component.of("memory.BufferChooser").with("isAvailable", returns(1))),
        new Defect(
            S4,
            "a ring that is emptied keeps its buffers",
            "BufferTrafficProperties.no_buffer_is_lost_and_no_packet_is_sent_twice_whatever_happens",
            Component.of("nic.TransmitRing").with("clear", without("RingBuffers.giveAll"))),
        new Defect(
            S4,
            "a newcomer overtakes those that wait",
            "BufferProperties.who_waits_for_a_near_buffer_gets_it_in_turn_as_the_twin_says",
            Component.of("memory.TransmitBuffers")
                .with("lambda$request$*", answered("WaitQueue.isEmpty", 1))),
        new Defect(
            S4,
            "an application that moves is not looked at again",
            "BufferProperties.who_waits_for_a_near_buffer_gets_it_in_turn_as_the_twin_says",
            Component.of("memory.Application")
                .with("lambda$moveTo$*", without("locationChanged"))));
  }
}
