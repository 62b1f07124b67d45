"""Find the texts of all warnings and notes in the source.

A warning is what the source

- gives to a function or method called ``note`` or ``warn`` (``Report.note``, the callbacks),
- puts in a list called ``warnings``, ``doubts``, ``damage`` or ``once``, whether by assigning,
  adding, or as an argument of that name: the warnings of records and of references,
- puts in ``notes`` where that means notes for the user (``NOTES``).

Each such expression is followed back to the texts that are written in the source: through names,
conditions, lists, and the functions of abstool that it calls. A text has ``HOLE`` for each part
that is known only when abstool runs; a number with its noun (``count_of``) is in the plural. What
cannot be followed is reported, never skipped.
"""

import ast
import itertools
import re
from collections import defaultdict
from typing import NamedTuple

from test_house import TREES

HOLE = "\0"
PASSED_ON = "\1"  # a text of a list that is looked at where it is put there
CALLS = {"note", "warn", "_note"}
LISTS = {"warnings", "doubts", "_doubts", "damage", "once", "_once", "doubt"}
NOTES = re.compile(r"manuscripts/|checking/reports/|searching/")
# Here the names above mean something else.
OTHERS = re.compile(r"cli/report\.py|csl/|formats/|inputs/references/tables/xlsx\.py")
_ADDING = {"append": 0, "extend": 0, "insert": 1}
# What these return has the texts of the argument at this position; "self" is before the dot.
_PASSING = {
    "list": 0, "tuple": 0, "sorted": 0, "dict": 0, "fromkeys": 0, "enumerate": 0, "printable": 0,
    "filter": 1, "items": "self", "strip": "self", "capitalize": "self",
}  # fmt: skip
_DEEPEST = 6  # functions that call each other on the way to a text
_MOST = 24  # texts of one f-string; more parts that vary are holes


class Sink(NamedTuple):
    """An expression whose texts are warnings: its file and function, its line, the texts."""

    file: str
    function: str
    line: int
    texts: frozenset[str]
    is_known: bool  # whether all of its texts were found


def sinks(trees=TREES):
    """Return the expressions that are given to the user as warnings or notes."""
    source = _Source(trees)
    found = []
    for file, nodes in source.nodes.items():
        if OTHERS.match(file):
            continue
        names = LISTS | ({"notes"} if NOTES.match(file) else set())
        for node in nodes:
            for one in _given(node, names, source.fields):
                texts = source.texts(one)
                is_line = isinstance(node, ast.Call) and _called(node) in CALLS
                said = texts - {None, PASSED_ON}
                said = frozenset(text for text in said if is_line or is_worded(text))
                line = getattr(one, "lineno", node.lineno)
                found.append(Sink(file, source.place(node), line, said, None not in texts))
    return found


def is_worded(text):
    """Return whether a text has words of its own, and is not one word such as a name of a field.

    Of what is given to a function, one word is a note.
    """
    words = re.sub(r"\bwarning\b", "", text)
    return any(map(str.isalpha, words)) and bool(re.search(rf"\s|{HOLE}", text.strip()))


def _given(node, names, fields):
    """Yield what a node gives to the functions, or puts in the lists, of warnings.

    ``fields`` returns the names of the parameters of the function, or the fields of the class,
    that a call may mean, in lists.
    """
    if isinstance(node, ast.Call):
        name, owner = _called(node), getattr(node.func, "value", None)
        if name in CALLS and len(node.args) == 1:
            yield node.args[0]
        if name in _ADDING and _name(owner) in names:
            yield node.args[_ADDING[name]]
        yield from (one.value for one in node.keywords if one.arg in names)
        for its in fields(node):
            yield from (one for one, field in zip(node.args, its, strict=False) if field in names)
    elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and node.value:
        for target in getattr(node, "targets", None) or [node.target]:
            pairs = _pairs(target, node.value)
            yield from (value for one, value in pairs if _name(one) in names)
    elif isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        yield from (value for key, value in pairs if getattr(key, "value", None) in names)


class _Source:
    def __init__(self, trees):
        self.trees = trees
        self.nodes = {file: [*ast.walk(tree)] for file, tree in trees.items()}
        self.modules = {}  # the file of each node
        self.parents = {}
        self.functions = defaultdict(list)
        self.classes = defaultdict(list)  # the names of their fields
        self.paths = {dotted(file): file for file in trees}
        self.imports = {file: {} for file in trees}
        for file, nodes in self.nodes.items():
            for node in nodes:
                self.modules[node] = file
                self.parents.update(dict.fromkeys(ast.iter_child_nodes(node), node))
                if isinstance(node, ast.FunctionDef):
                    self.functions[node.name].append(node)
                elif isinstance(node, ast.ImportFrom):
                    for one in node.names:
                        self.imports[file][one.asname or one.name] = (node.module, one.name)
                elif isinstance(node, ast.ClassDef):
                    parts = [one for one in node.body if isinstance(one, ast.AnnAssign)]
                    self.classes[node.name].append([one.target.id for one in parts])

    def fields(self, call):
        """Return the parameters of the functions, or the fields of the classes, that are called."""
        functions = [] if _called(call) in self.classes else self._functions(call)
        given = ([one for one in _parameters(f) if one != "self"] for f in functions)
        return [*self.classes.get(_called(call), []), *given]

    def place(self, node):
        """Return the name of the function that has a node."""
        return getattr(self._scope(node), "name", "")

    def texts(self, node, seen=()):
        """Return the texts that an expression can be or contain; None among them: not known."""
        if node in seen:
            return set()
        seen = (*seen, node)
        match node:
            case ast.Constant():
                return {node.value.replace("{}", HOLE)} if isinstance(node.value, str) else set()
            case ast.JoinedStr():
                return self._joined(node, seen)
            case ast.IfExp():
                return self._all([node.body, node.orelse], seen)
            case ast.BoolOp(op=ast.Or()):
                return self._all(node.values, seen)
            case ast.List() | ast.Tuple() | ast.Set():
                return self._all(node.elts, seen)
            case ast.Dict():
                return self._all(node.values, seen)
            case ast.BinOp(op=ast.Mult()):
                return {"", *self.texts(node.left, seen)}
            case ast.BinOp(op=ast.Add()):
                ends = itertools.product(self.texts(node.left, seen), self.texts(node.right, seen))
                return {None if None in pair else "".join(pair) for pair in ends}
            case ast.ListComp() | ast.GeneratorExp():
                return self.texts(node.elt, seen)
            case ast.Starred():
                return self.texts(node.value, seen)
            case ast.Subscript():
                return self._element(node, seen)
            case ast.Call():
                return self._returned(node, seen)
            case ast.Name() | ast.Attribute() if _name(node) in LISTS | {"notes"}:
                return {PASSED_ON}
            case ast.Name():
                return self._named(node, seen)
        return {None}

    def _all(self, nodes, seen):
        return set().union(*(self.texts(node, seen) for node in nodes))

    def _joined(self, node, seen):
        """Return the texts of an f-string, with the words that its parts choose between.

        If it has no words of its own, its parts are followed further.
        """
        own = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
        is_worded_itself = is_worded(f"{own}{HOLE}")
        parts = []
        for part in node.values:
            if isinstance(part, ast.Constant):
                parts.append([part.value])
            elif part.conversion == ord("r"):
                parts.append([f"'{HOLE}'"])
            elif is_worded_itself and not self._is_choice(part.value):
                parts.append([HOLE])
            else:
                found = self.texts(part.value, seen)
                if PASSED_ON in found and not is_worded_itself:
                    return {PASSED_ON}
                parts.append(sorted(HOLE if one is None else one for one in found or {None}))
        if len(list(itertools.islice(itertools.product(*parts), _MOST + 1))) > _MOST:
            parts = [one if len(one) == 1 else [HOLE] for one in parts]
        texts = {"".join(one) for one in itertools.product(*parts)}
        return texts if all(map(is_worded, texts)) or is_worded_itself else {None}

    def _is_choice(self, node):
        """Return whether an expression chooses between texts that are written in its function."""
        if isinstance(node, ast.Name):
            bound = self._bound(self._scope(node), node.id)
            return bool(bound) and all(map(self._is_choice, bound))
        if isinstance(node, ast.IfExp):
            return self._is_choice(node.body) and self._is_choice(node.orelse)
        if isinstance(node, ast.BinOp):
            ends = [node.left] if isinstance(node.op, ast.Mult) else [node.left, node.right]
            return all(map(self._is_choice, ends))
        if isinstance(node, ast.Call):
            return _called(node) == "count_of"
        return isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str)

    def _returned(self, node, seen):
        name, owner = _called(node), getattr(node.func, "value", None)
        if name in ("field", "len"):  # the field of a dataclass
            return set()
        if name == "get" and getattr(node.args[0], "value", None) in LISTS:
            return {PASSED_ON}
        if name == "count_of":  # a number and its noun, of which the plural is shown
            nouns = self.texts(node.args[-1], seen)
            end = (
                "" if len(node.args) > 2 or "plural" in {one.arg for one in node.keywords} else "s"
            )
            return {noun and f"{HOLE} {noun}{end}" for noun in nouns}
        if name == "format":
            return {text and re.sub(r"\{[^{}]*\}", HOLE, text) for text in self.texts(owner, seen)}
        if name in _PASSING:
            place = _PASSING[name]
            return self.texts(owner if place == "self" else node.args[place], seen)
        return self._all_or_lost(self._results(node), seen)

    def _element(self, node, seen):
        """Return the texts of ``f(x)[1]``, where the function returns a tuple, or of a slice."""
        index = getattr(node.slice, "value", None)
        is_call = isinstance(node.value, ast.Call) and _called(node.value) not in _PASSING
        if not is_call or not isinstance(index, int):
            return self.texts(node.value, seen)
        results = self._results(node.value)
        results = [one.elts[index] if isinstance(one, ast.Tuple) else one for one in results]
        return self._all_or_lost(results, seen)

    def _all_or_lost(self, nodes, seen):
        calls = sum(isinstance(one, ast.Call) for one in seen)
        return self._all(nodes, seen) if nodes and calls < _DEEPEST else {None}

    def _results(self, call):
        """Return the expressions that the function that is called returns or yields."""
        found = []
        for function in self._functions(call):
            found += [
                one.value
                for one in _own_nodes(function)
                if isinstance(one, ast.Return | ast.Yield | ast.YieldFrom) and one.value
            ]
        return found

    def _functions(self, call):
        """Return the function that is called: of its module, its class, or imported."""
        name, owner = _called(call), getattr(call.func, "value", None)
        file = self.modules.get(call, "")
        if owner is None or _name(owner) in ("self", "cls"):
            if here := [one for one in self.functions[name] if self.modules[one] == file]:
                return here
            module, name = self._imported(file, name)
        else:
            module, rest = self._imported(file, _name(owner))
            module = f"{module}.{rest}"
        return [one for one in self.functions[name] if self.modules[one] == self.paths.get(module)]

    def _imported(self, file, name):
        """Return the module that a name of a file comes from, and its name there."""
        module, original = self.imports[file].get(name, ("", ""))
        path = self.paths.get(module, "")
        is_passed_on = path.endswith("__init__.py") and path != file
        again = self._imported(path, original) if is_passed_on else ("", "")
        return again if again[0] else (module, original)

    def _named(self, node, seen):
        scope = self._scope(node)
        while True:
            if bound := self._bound(scope, node.id):
                return self._all(bound, seen)
            if isinstance(scope, ast.Module):
                break
            if node.id in _parameters(scope):
                return {None}
            scope = self._scope(scope)
        module, name = self._imported(self.modules[node], node.id)
        found = self._bound(self.trees[self.paths[module]], name) if module in self.paths else []
        return self._all_or_lost(found, seen)

    def _scope(self, node):
        node = self.parents.get(node, node)
        while not isinstance(node, ast.FunctionDef | ast.Lambda | ast.Module):
            node = self.parents[node]
        return node

    def _bound(self, scope, name):
        """Return the expressions that a name is bound to in a function, or that are added to it."""
        found = []
        for one in _own_nodes(scope):
            pairs = []
            if isinstance(one, ast.Assign):
                pairs = [pair for target in one.targets for pair in _pairs(target, one.value)]
            elif isinstance(one, ast.AugAssign | ast.AnnAssign | ast.NamedExpr) and one.value:
                pairs = _pairs(one.target, one.value)
            elif isinstance(one, ast.For | ast.comprehension):
                pairs = _pairs(one.target, one.iter)
            elif isinstance(one, ast.Call) and _called(one) in _ADDING:
                pairs = [(getattr(one.func, "value", None), one.args[_ADDING[_called(one)]])]
            found += [value for target, value in pairs if getattr(target, "id", "") == name]
        for value in found:  # parts of tuples are new nodes
            self.parents.setdefault(value, scope)
            self.modules.setdefault(value, self.modules[scope])
        return found


def dotted(path):
    """Return the name by which the module of a file is imported."""
    return ".".join(("abstool", *path.removesuffix(".py").split("/"))).removesuffix(".__init__")


def _name(node):
    return getattr(node, "attr", getattr(node, "id", ""))


def _called(call):
    return _name(call.func)


def _pairs(target, value):
    """Return the names in the target of an assignment, each with what it is bound to."""
    if not isinstance(target, ast.Tuple):
        return [(target.value if isinstance(target, ast.Subscript) else target, value)]
    if isinstance(value, ast.Tuple):
        return list(zip(target.elts, value.elts, strict=False))
    if isinstance(value, ast.Call):
        values = [ast.Subscript(value, ast.Constant(place)) for place in range(len(target.elts))]
        return list(zip(target.elts, values, strict=True))
    return [(one, value) for one in target.elts]


def _parameters(function):
    given = function.args
    return [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def _own_nodes(scope):
    """Yield the nodes of a function or module, but not those of the functions in it."""
    waiting = [scope]
    while waiting:
        for child in ast.iter_child_nodes(waiting.pop()):
            yield child
            if not isinstance(child, ast.FunctionDef | ast.ClassDef):
                waiting.append(child)
