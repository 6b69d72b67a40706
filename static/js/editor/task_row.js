// One row of a table as the task that it would be: what stands open in it, what a decision changes, what is noted at last.

import { facts } from "editor/facts";
import { NO_FACTS } from "editor/rows";

export class TaskRow {
  constructor(found) {
    Object.assign(this, found);
    this.follow = this.units.some((unit) => isGroup(unit.target)) ? null : "task";
    this.faults = found.faults.map((fault) => ({ ...fault, named: this.units[fault.unit] }));
  }

  get isOpen() {
    return this.faults.length > 0;
  }

  // A decision on a fault: what was offered, or a body or a day that somebody named.
  settle(fault, change) {
    if ("target" in change) this.name(fault, change.target);
    if ("follow" in change) this.follow = change.follow;
    if ("deadline" in change) Object.assign(this, { deadline: change.deadline, says: change.says });
    if ("leads" in change) {
      const leading = this.units.filter((unit) => unit.role === "lead");
      for (const unit of leading.slice(change.leads)) unit.role = "coordinating";
    }
    this.faults = this.faults.filter((each) => each !== fault);
  }

  name(fault, target) {
    if (fault.asks === "lead") this.units.unshift({ words: target.name, role: "lead", target });
    else fault.named.target = target;
    if (target) facts.names[`${target.kind}:${target.code}`] = target.name;
  }

  // The faults of this row that ask what the same words mean.
  alike(fault) {
    return this.faults.filter((each) => fault.named && each.named?.words === fault.named.words);
  }

  // What the row notes as a task: of bodies one leads; where a group stands first, each carries it out.
  get facts() {
    const chosen = this.units.filter((unit) => unit.target);
    const leading = chosen.filter((unit) => unit.role === "lead");
    const each = this.follow === "each" || leading.some((unit) => isGroup(unit.target));
    const follow = this.follow === "guidance" ? "guidance" : each ? "each" : "task";
    const units = follow === "task" ? chosen : leading;
    const targets = new Map();
    for (const { target, role } of units) {
      const own = { [target.kind]: target.code };
      const code = `${target.kind}:${target.code}`;
      if (!targets.has(code)) targets.set(code, follow === "task" ? { ...own, role } : own);
    }
    if (follow === "guidance") return { ...NO_FACTS, follow };
    const { deadline, timing, product, receiver } = this;
    return { follow, task: true, targets: [...targets.values()], deadline, timing, product, receiver };
  }

  namesOf(role) {
    return this.units.filter((unit) => unit.role === role && unit.target).map((unit) => unit.target.name).join("; ");
  }
}

function isGroup(target) {
  return Boolean(target) && target.kind !== "organization";
}
