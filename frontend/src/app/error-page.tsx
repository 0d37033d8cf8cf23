import Button from 'react-bootstrap/Button';
import { isRouteErrorResponse, useRouteError } from 'react-router';

import { Component as NotFound } from './routes/not-found';

/** A page whose code broke or could not be loaded (a new version went live, the network went). */
export function ErrorPage() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  const notLoaded = error instanceof Error && /import|fetch|load/i.test(error.message);
  return (
    <div className="page page-narrow" role="alert">
      <title>Something went wrong · Interview Kit</title>
      <div className="page-head">
        <h1>{notLoaded ? 'This page could not be loaded' : 'This page stopped working'}</h1>
        <p className="lead">
          {notLoaded
            ? 'The connection broke off, or a new version has just gone live. Everything saved is kept. Load the page again.'
            : 'The fault is ours. Everything saved is kept. Load the page again; if it happens twice, go back to the start.'}
        </p>
      </div>
      <div className="row-wrap">
        <Button onClick={() => window.location.reload()}>Load again</Button>
        <a className="btn btn-quiet" href="/">
          To the start
        </a>
      </div>
    </div>
  );
}
