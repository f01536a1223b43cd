import { lazy, type ComponentType } from 'react'

/** An entry of the menu, with the pages behind it. */
export interface Section {
  id: string
  title: string
  /** Where it stands, behind Hawtio's own base path. */
  path: string
  /** Its pages by what follows the path; parameters as React Router writes them. */
  routes: Record<string, ComponentType>
}

/** All there is, in the order of the menu. A page is a folder below pages/ and a line here. */
export const sections: Section[] = [
  {
    id: 'patchbay-flows',
    title: 'Flows',
    path: '/flows',
    routes: {
      '': lazy(() => import('./pages/flows/FlowsPage')),
      ':flow': lazy(() => import('./pages/flow/FlowPage')),
      ':flow/versions': lazy(() => import('./pages/versions/VersionsPage')),
      ':flow/runs/:run': lazy(() => import('./pages/run/RunPage')),
    },
  },
  {
    id: 'patchbay-services',
    title: 'Services',
    path: '/services',
    routes: {
      '': lazy(() => import('./pages/services/ServicesPage')),
      // No service can have this name.
      _new: lazy(() => import('./pages/services/NewServicePage')),
      ':service': lazy(() => import('./pages/services/ServicePage')),
    },
  },
  {
    id: 'patchbay-runs',
    title: 'Runs',
    path: '/runs',
    routes: {
      '': lazy(() => import('./pages/runs/RunsPage')),
      ':run': lazy(() => import('./pages/run/RunPage')),
    },
  },
  {
    id: 'patchbay-failures',
    title: 'Failures',
    path: '/failures',
    routes: {
      '': lazy(() => import('./pages/failures/FailuresPage')),
      ':cause': lazy(() => import('./pages/failures/CausePage')),
      '_replays/:job': lazy(() => import('./pages/failures/RefusedPage')),
    },
  },
  {
    id: 'patchbay-waits',
    title: 'Waits',
    path: '/waits',
    routes: { '': lazy(() => import('./pages/waits/WaitsPage')) },
  },
  {
    id: 'patchbay-alerts',
    title: 'Alerts',
    path: '/alerts',
    routes: { '': lazy(() => import('./pages/alerts/AlertsPage')) },
  },
  {
    id: 'patchbay-search',
    title: 'Search',
    path: '/search',
    routes: { '': lazy(() => import('./pages/search/SearchPage')) },
  },
  {
    id: 'patchbay-queue',
    title: 'Queue',
    path: '/queue',
    routes: { '': lazy(() => import('./pages/queue/QueuePage')) },
  },
  {
    id: 'patchbay-instances',
    title: 'Instances',
    path: '/instances',
    routes: {
      '': lazy(() => import('./pages/instances/InstancesPage')),
      ':instance': lazy(() => import('./pages/instances/InstancePage')),
    },
  },
  {
    id: 'patchbay-cursors',
    title: 'Cursors',
    path: '/cursors',
    routes: { '': lazy(() => import('./pages/cursors/CursorsPage')) },
  },
  {
    id: 'patchbay-known-keys',
    title: 'Known keys',
    path: '/known-keys',
    routes: { '': lazy(() => import('./pages/knownkeys/KnownKeysPage')) },
  },
  {
    id: 'patchbay-caches',
    title: 'Caches',
    path: '/caches',
    routes: {
      '': lazy(() => import('./pages/caches/CachesPage')),
      ':cache': lazy(() => import('./pages/caches/CachePage')),
    },
  },
  {
    id: 'patchbay-pools',
    title: 'Pools',
    path: '/pools',
    routes: {
      '': lazy(() => import('./pages/pools/PoolsPage')),
      ':pool': lazy(() => import('./pages/pools/PoolPage')),
    },
  },
  {
    id: 'patchbay-environments',
    title: 'Environments',
    path: '/environments',
    routes: {
      '': lazy(() => import('./pages/environments/EnvironmentsPage')),
      ':environment': lazy(() => import('./pages/environments/EnvironmentPage')),
    },
  },
  {
    id: 'patchbay-blueprints',
    title: 'Blueprints',
    path: '/blueprints',
    routes: {
      '': lazy(() => import('./pages/blueprints/BlueprintsPage')),
      ':blueprint': lazy(() => import('./pages/blueprints/BlueprintPage')),
    },
  },
  {
    id: 'patchbay-dashboard',
    title: 'Dashboard',
    path: '/dashboard',
    routes: { '': lazy(() => import('./pages/dashboard/DashboardPage')) },
  },
]
