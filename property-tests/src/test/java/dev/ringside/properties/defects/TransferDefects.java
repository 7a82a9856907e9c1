// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.answered;
import static dev.ringside.properties.defects.Edits.opcode;
import static dev.ringside.properties.defects.Edits.opposite;
import static dev.ringside.properties.defects.Edits.returns;
import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.S5;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;

/** What can be wrong with transfers and the protocols that carry them. */
final class TransferDefects {

  private static final String TWIN = "TransferTwinProperties.lab_and_twin_agree";
  private static final String ONCE = "TransferProperties.law_1_bytes_arrive_in_order_and_once";

  private TransferDefects() {}

  static List<Defect> all() {
    return List.of(
        new Defect(
            S5,
            "a connection in mid-message begins with the first byte again",
            TWIN,
            Component.of("transfer.TcpCarrier").with("base", returns(0))),
        new Defect(
            S5,
            "whoever waits hears nothing of a move",
            TWIN,
            Component.of("transfer.Transfers").with("changed", returns(0))),
        new Defect(
            S5,
            "a protocol that does not suit any more is not left",
            TWIN,
            Component.of("transfer.Hop").with("change", without("leave"))),
        new Defect(
            S5,
            "a receiver that is closed takes chunks",
            TWIN,
            Component.of("transfer.Hop").with("isTargetClosed", returns(0))),
        new Defect(
            S5,
            "a relay is not told what has arrived",
            ONCE,
            Component.of("transfer.Hop").with("arrived", without("poke"))),
        new Defect(
            S5,
            "open transfers hear nothing of a receiver that closes",
            TWIN,
            Component.of("transfer.Transfers").with("closed", returns(0))),
        new Defect(
            S5,
            "units that may begin are not counted",
            TWIN,
            Component.of("transfer.Transfer").with("useAllowance", returns(0))),
        new Defect(
            S5,
            "a buffer that was filled is not posted again",
            TWIN,
            Component.of("transfer.ReceiveQueue").with("filled", without("add"))),
        new Defect(
            S5,
            "a sender waits for a buffer for ever",
            TWIN,
            Component.of("transfer.RdmaCarrier").with("timedOut", returns(0))),
        new Defect(
            S5,
            "a sender that goes another way still waits for a buffer",
            TWIN,
            Component.of("transfer.RdmaCarrier").with("endWait", without("withdraw"))),
        new Defect(
            S5,
            "a failed interconnect is taken for a sound one",
            TWIN,
            Component.of("chassis.Locations").with("usesInterconnect", answered("isFailed", 0))),
        new Defect(
            S5,
            "segments are longer than the link",
            "TransferProperties.law_5_units_are_as_few_as_they_can_be",
            Component.of("tcp.TcpLink").with("segmentBytes", opcode(Opcodes.ISUB, Opcodes.IADD))),
        new Defect(
            S5,
            "nothing is sent again by the clock",
            ONCE,
            Component.of("tcp.TcpSender").with("timedOut", returns(0))),
        new Defect(
            S5,
            "a segment that came too early is taken for the next one",
            ONCE,
            Component.of("tcp.TcpReceiver").with("take", opposite(2))));
  }
}
