#!/usr/bin/python3
"""The DARTS search networks (ICLR 2019) restated in PyTorch: the peer to measure against on the same machine.

Install: apt-get install -y --no-install-recommends python3-torch      (then run with /usr/bin/python3)
Usage:   torch_darts.py [--preset tiny|small|paper] [--threads 2] [--runs 12 | --serve]
Prints one JSON line: milliseconds per step (median and minimum), counted after two warm-up steps. With --serve it says
what it is and then reads "KIND COUNT WARM" lines, each answered by a JSON list of the milliseconds of COUNT steps after
WARM that are not counted, so that it can take turns with others. A step is
  "weights":      forward + backward on one batch, gradient-norm clip 5, SGD momentum 0.9
  "first_order":  DARTS first order: alpha step on a validation batch (Adam), then the weights step
  "second_order": DARTS second order: five forward + backward passes in all
"""
import argparse, json, sys, time
import torch, torch.nn as nn, torch.nn.functional as F

OPS = ["none", "max_pool_3x3", "avg_pool_3x3", "skip_connect", "sep_conv_3x3", "sep_conv_5x5", "dil_conv_3x3", "dil_conv_5x5"]
PRESETS = {"tiny": (4, 3, 2, 16, 16), "small": (8, 4, 4, 32, 16), "paper": (16, 8, 4, 64, 32)}  # C, cells, nodes, batch, image size


def bn(x):
    return F.batch_norm(x, None, None, None, None, True, 0.1, 1e-5)


class DwPwBn(nn.Module):
    def __init__(s, c, k, stride, dil):
        super().__init__()
        s.dw = nn.Parameter(torch.empty(c, 1, k, k)); s.pw = nn.Parameter(torch.empty(c, c, 1, 1))
        s.k, s.stride, s.dil = k, stride, dil

    def forward(s, x):
        x = F.conv2d(F.relu(x), s.dw, None, s.stride, (s.k - 1) // 2 * s.dil, s.dil, x.shape[1])
        return bn(F.conv2d(x, s.pw))


class FactorizedReduce(nn.Module):
    def __init__(s, ci, co):
        super().__init__()
        s.conv_a = nn.Parameter(torch.empty(co // 2, ci, 1, 1)); s.conv_b = nn.Parameter(torch.empty(co // 2, ci, 1, 1))

    def forward(s, x):
        x = F.relu(x)
        return bn(torch.cat([F.conv2d(x, s.conv_a, None, 2), F.conv2d(x[:, :, 1:, 1:], s.conv_b, None, 2)], 1))


class ReluConvBn(nn.Module):
    def __init__(s, ci, co, k=1):
        super().__init__(); s.w = nn.Parameter(torch.empty(co, ci, k, k)); s.p = k // 2

    def forward(s, x):
        return bn(F.conv2d(F.relu(x), s.w, None, 1, s.p))


class Pool(nn.Module):
    def __init__(s, kind, stride, norm=True):
        super().__init__(); s.kind, s.stride, s.norm = kind, stride, norm

    def forward(s, x):
        y = F.max_pool2d(x, 3, s.stride, 1) if s.kind == "max" else F.avg_pool2d(x, 3, s.stride, 1, count_include_pad=False)
        return bn(y) if s.norm else y


class Zero(nn.Module):
    def __init__(s, stride): super().__init__(); s.stride = stride
    def forward(s, x): return x[:, :, ::s.stride, ::s.stride] * 0.0


class Identity(nn.Module):
    def forward(s, x): return x


def make_op(name, c, stride):
    if name == "none": return Zero(stride)
    if name == "skip_connect": return Identity() if stride == 1 else FactorizedReduce(c, c)
    if name.startswith(("max", "avg")): return Pool(name[:3], stride)
    if name == "nor_conv_1x1": return ReluConvBn(c, c, 1)
    if name == "nor_conv_3x3": return ReluConvBn(c, c, 3)
    k = int(name[-1])
    if name.startswith("sep"): return nn.Sequential(DwPwBn(c, k, stride, 1), DwPwBn(c, k, 1, 1))
    return DwPwBn(c, k, stride, 2)


class Cell(nn.Module):
    def __init__(s, nodes, cpp, cp, c, red, red_prev):
        super().__init__()
        s.nodes, s.red = nodes, red
        s.pre0 = FactorizedReduce(cpp, c) if red_prev else ReluConvBn(cpp, c)
        s.pre1 = ReluConvBn(cp, c)
        s.edges = nn.ModuleList(nn.ModuleList(make_op(o, c, 2 if red and j < 2 else 1) for o in OPS)
                                for i in range(nodes) for j in range(i + 2))

    def forward(s, s0, s1, w):
        st = [s.pre0(s0), s.pre1(s1)]; e = 0
        for i in range(s.nodes):
            acc = 0
            for j in range(i + 2):
                acc = acc + sum(w[e, k] * op(st[j]) for k, op in enumerate(s.edges[e])); e += 1
            st.append(acc)
        return torch.cat(st[2:], 1)


class DartsNet(nn.Module):
    """The DARTS CIFAR search network; stem BN has affine scale/shift (gamma, beta), as the official network has."""

    def __init__(s, c, layers, nodes, classes=10):
        super().__init__()
        s.stem = nn.Parameter(torch.empty(3 * c, 3, 3, 3)); s.stem_gamma = nn.Parameter(torch.ones(3 * c)); s.stem_beta = nn.Parameter(torch.zeros(3 * c))
        cpp = cp = 3 * c; cc = c; s.cells = nn.ModuleList(); rp = False
        for i in range(layers):
            red = i in (layers // 3, 2 * layers // 3)
            if red: cc *= 2
            s.cells.append(Cell(nodes, cpp, cp, cc, red, rp)); rp = red; cpp, cp = cp, nodes * cc
        s.fc_w = nn.Parameter(torch.empty(classes, cp)); s.fc_b = nn.Parameter(torch.zeros(classes))
        e = nodes * (nodes + 3) // 2
        s.alpha = [torch.zeros(e, len(OPS), requires_grad=True), torch.zeros(e, len(OPS), requires_grad=True)]

    def forward(s, x):
        x = F.batch_norm(F.conv2d(x, s.stem, None, 1, 1), None, None, s.stem_gamma, s.stem_beta, True, 0.1, 1e-5)
        s0 = s1 = x
        p = [F.softmax(a, -1) for a in s.alpha]
        for c in s.cells: s0, s1 = s1, c(s0, s1, p[1] if c.red else p[0])
        return F.linear(s1.mean((2, 3)), s.fc_w, s.fc_b)


def init(net, seed):
    """Draws every parameter from one seeded generator; returns the generator for further draws."""
    g = torch.Generator().manual_seed(seed)
    for p in net.parameters():
        if p.dim() > 1:
            fan = p[0].numel() if p.dim() == 4 else p.shape[0]
            p.data.copy_(torch.randn(p.shape, generator=g, dtype=torch.float64).to(p.dtype) * (2 / fan) ** 0.5)
        else:
            p.data.add_(0.1 * torch.randn(p.shape, generator=g, dtype=torch.float64).to(p.dtype))
    for a in net.alpha: a.data.copy_(torch.randn(a.shape, generator=g, dtype=torch.float64).to(a.dtype))
    return g


def second_order(net, ltr, lva, xi, mom, wd, buf):
    """DARTS alpha gradient with one unrolled step that includes momentum and weight decay; epsilon = 0.01/|grad|."""
    ps = list(net.parameters()); keep = [p.data.clone() for p in ps]
    g = torch.autograd.grad(ltr(), ps)
    for p, gi, b in zip(ps, g, buf): p.data.sub_(xi * (mom * b + gi + wd * p.data))
    ga = torch.autograd.grad(lva(), net.alpha + ps); dal, v = ga[:len(net.alpha)], ga[len(net.alpha):]
    eps = 0.01 / torch.sqrt(sum((x ** 2).sum() for x in v))
    def at(sign):
        for p, k, x in zip(ps, keep, v): p.data.copy_(k + sign * eps * x)
        return torch.autograd.grad(ltr(), net.alpha)
    gp, gm = at(1), at(-1)
    for p, k in zip(ps, keep): p.data.copy_(k)
    return [d - xi * (a - b) / (2 * eps) for d, a, b in zip(dal, gp, gm)]


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--preset", choices=PRESETS, default="tiny"); a.add_argument("--threads", type=int, default=2); a.add_argument("--runs", type=int, default=12)
    a.add_argument("--serve", action="store_true")
    o = a.parse_args(); torch.set_num_threads(o.threads)
    c, cells, nodes, batch, size = PRESETS[o.preset]
    net = DartsNet(c, cells, nodes); g = init(net, 1)
    mk = lambda: (torch.randn(batch, 3, size, size, generator=g), torch.randint(0, 10, (batch,), generator=g))
    (xt, yt), (xv, yv) = mk(), mk()
    ltr = lambda: F.cross_entropy(net(xt), yt); lva = lambda: F.cross_entropy(net(xv), yv)
    opt = torch.optim.SGD(net.parameters(), 0.025, momentum=0.9, weight_decay=3e-4); aopt = torch.optim.Adam(net.alpha, 3e-4, (0.5, 0.999), weight_decay=1e-3)
    ps = list(net.parameters())

    def weights():
        opt.zero_grad(); ltr().backward(); nn.utils.clip_grad_norm_(ps, 5); opt.step()

    def alpha(grads):
        for x, gi in zip(net.alpha, grads): x.grad = gi
        aopt.step()

    def first():
        alpha(torch.autograd.grad(lva(), net.alpha)); weights()

    def second():
        buf = [opt.state[p].get("momentum_buffer", torch.zeros_like(p)) for p in ps]
        alpha(second_order(net, ltr, lva, 0.025, 0.9, 3e-4, buf)); weights()

    steps = {"weights": weights, "first_order": first, "second_order": second}

    def timed(step, count, warm):
        ts = []
        for _ in range(warm + count):
            t = time.perf_counter(); step(); ts.append(1000 * (time.perf_counter() - t))
        return ts[warm:]

    out = {"preset": o.preset, "threads": o.threads, "torch": torch.__version__, "parameters": sum(p.numel() for p in ps)}
    if o.serve:
        print(json.dumps(out), flush=True)
        for line in sys.stdin:
            kind, count, warm = line.split()
            print(json.dumps(timed(steps[kind], int(count), int(warm))), flush=True)
        return
    for name, step in steps.items():
        if o.preset == "paper" and name == "second_order": continue
        ts = sorted(timed(step, o.runs, 2)); out[name] = {"median_ms": round(ts[len(ts) // 2], 1), "min_ms": round(ts[0], 1)}
    print(json.dumps(out))


if __name__ == "__main__": main()
